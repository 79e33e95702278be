import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdtemp, realpath, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['contract', 'migrations', 'server', 'package.json', 'package-lock.json'];

/** A checkout of its own, with its own `.charter`; installed means with our `node_modules`. */
export async function makeCheckout({ isInstalled = true } = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'charter-checkout-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true });
  if (!isInstalled) return folder;
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  // Older than what is installed: the launcher has nothing to do.
  await utimes(join(folder, 'package-lock.json'), 0, 0);
  return folder;
}

export interface Run {
  readonly child: ChildProcess;
  /** Everything written so far, on both streams. */
  said(): string;
  readonly end: Promise<{ code: number | null; signal: string | null; said: string }>;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  /** For root only: somebody else. */
  readonly uid?: number;
}

const free = { PORT: '0', METRICS_PORT: '0' };

/** Node with these arguments in the checkout, with this environment and nothing else. */
export function runIn(checkout: string, args: string[], { env = {}, uid }: RunOptions = {}): Run {
  const child = spawn(process.execPath, args, {
    cwd: checkout,
    env: { PATH: process.env.PATH, ...free, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which a terminal's Ctrl-C reaches as a whole.
    detached: true,
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  const end = once(child, 'close').then(([code, signal]) => ({ code, signal, said }));
  onTestFinished(() => endGroup(child));
  return { child, said: () => said, end };
}

function endGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-Number(pid), 'SIGKILL');
  } catch {
    // It has ended.
  }
}

export const npmStart = ['server/launch/launch.mjs', 'start'];

/** What still runs of this checkout, PostgreSQL included. */
export function leftovers(checkout: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(checkout));
}

/** A zombie has none, and has ended. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
