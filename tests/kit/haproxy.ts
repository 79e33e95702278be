import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';
import { freePort } from './port.ts';

/** What is installed, such as `HAProxy version 2.6.12`; undefined where it is not. */
export const haproxyVersion = /HAProxy version [\d.]+/.exec(
  spawnSync('haproxy', ['-v'], { encoding: 'utf8' }).stdout ?? '',
)?.[0];

const file = fileURLToPath(new URL('../../deploy/haproxy/haproxy.cfg', import.meta.url));

/** What `haproxy -c` says of the file that users take. */
export function checkHaproxy(): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('haproxy', ['-c', '-f', file], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** HAProxy as `deploy/haproxy/haproxy.cfg` has it, before processes on these ports of this machine. */
export async function startHaproxy(ports: readonly number[], givenPort?: number) {
  const port = givenPort ?? (await freePort());
  const servers = ports.map((each, at) => [`CHARTER_API_${at + 1}`, `127.0.0.1:${each}`]);
  const env = {
    PATH: process.env.PATH,
    CHARTER_BIND: `127.0.0.1:${port}`,
    ...Object.fromEntries(servers),
  };
  const running = spawn('haproxy', ['-db', '-f', file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [running.stdout, running.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  await eventually(async () => {
    if (running.exitCode !== null) throw new Error(`HAProxy ended: ${said}`);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect').finally(() => socket.destroy());
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: running.pid as number,
    output: () => said,
    kill: async () => {
      running.kill('SIGKILL');
      await once(running, 'exit');
    },
    stop: async () => {
      running.kill('SIGTERM');
      if (running.exitCode === null) await once(running, 'exit');
    },
  };
}
