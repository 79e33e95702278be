import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { observabilityFolder } from './observability-files.ts';
import { freePort } from './port.ts';

/** What is installed, such as `prometheus, version 2.42.0`; undefined where it is not. */
export const prometheusVersion = /prometheus, version \S+/.exec(
  spawnSync('prometheus', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[0];

/** Its own judge of rules and metrics: what it says, and its exit code. */
export function promtool(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync('promtool', [...args], { encoding: 'utf8', input });
  return { status, said: `${stdout}${stderr}` };
}

/** A Prometheus with our configuration, but that it scrapes this target, and often. */
export async function startPrometheus(target: string) {
  const folder = await mkdtemp(join(tmpdir(), 'charter-prometheus-'));
  const ours = await readFile(join(observabilityFolder, 'prometheus.yaml'), 'utf8');
  const config = ours.replace('127.0.0.1:9464', target).replaceAll('15s', '200ms');
  await writeFile(join(folder, 'prometheus.yaml'), config);
  await copyFile(join(observabilityFolder, 'alerts.yaml'), join(folder, 'alerts.yaml'));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${join(folder, 'prometheus.yaml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
  ];
  const running = spawn('prometheus', args, { stdio: 'ignore' });
  const ask = async (path: string) => {
    const { data } = (await (await fetch(`http://${address}/api/v1/${path}`)).json()) as {
      data: unknown;
    };
    return data;
  };
  await eventually(async () => {
    if (!(await fetch(`http://${address}/-/ready`)).ok) throw new Error('It is not ready yet');
  });
  return {
    /** The series that an expression finds now. */
    query: async (expression: string) => {
      const data = await ask(`query?query=${encodeURIComponent(expression)}`);
      return (data as { result: { metric: Record<string, string>; value: [number, string] }[] })
        .result;
    },
    /** How each rule is: `ok` once it was evaluated. */
    rules: async () => {
      const { groups } = (await ask('rules')) as {
        groups: { rules: { name: string; health: string; lastError?: string }[] }[];
      };
      return groups.flatMap(({ rules }) => rules);
    },
    stop: async () => {
      running.kill('SIGTERM');
      if (running.exitCode === null) await once(running, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}
