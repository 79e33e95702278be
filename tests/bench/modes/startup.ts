import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onServerCpu } from '../measure/pinning.ts';
import { median } from '../measure/statistics.ts';
import { dataFolder } from '../world/database.ts';
import { charterSettings } from '../world/settings.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Milliseconds from the command to the first good answer of readiness, medians. */
export async function startupTimes(databaseUrl: string, rounds: number) {
  const checkout = copyCheckout();
  const production = { args: ['server/main.ts'], env: charterSettings(databaseUrl), cwd: checkout };
  const development = { args: ['server/launch/launch.mjs', 'start'], env: {}, cwd: checkout };
  try {
    // The first start fills caches of code, and makes the embedded server's data.
    await timeToReady(production);
    const productionMs = await medianOf(rounds, () => timeToReady(production));
    const embeddedFirstMs = Math.round(await timeToReady(development));
    const embeddedMs = await medianOf(rounds, () => timeToReady(development));
    return { productionMs, embeddedMs, embeddedFirstMs };
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}

async function medianOf(rounds: number, measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await measure());
  return Math.round(median(times));
}

/** An installed checkout of its own: the embedded server's data must not be the developer's. */
function copyCheckout(): string {
  const checkout = mkdtempSync(join(dataFolder, 'checkout-'));
  const parts = ['server', 'contract', 'migrations', 'package.json', 'package-lock.json', 'docs'];
  for (const part of parts) {
    cpSync(join(root, part), join(checkout, part), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  return checkout;
}

interface Start {
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
}

async function timeToReady({ args, env, cwd }: Start): Promise<number> {
  const port = await freePort();
  const command = onServerCpu(process.execPath, args, 'all');
  const startedAt = performance.now();
  const child = spawn(command.file, command.args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      METRICS_PORT: '0',
      ...env,
      PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`Charter ended with ${child.exitCode}`);
      await pause(5);
    }
    return performance.now() - startedAt;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/readiness`).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.ok === true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
