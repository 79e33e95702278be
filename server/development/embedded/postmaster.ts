import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '../../platform/start-failure.ts';
import { dataOf } from './cluster.ts';
import { waitUntil } from './wait.ts';

/** What the server itself writes to `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFileOf(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!pid) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/** Only for a pid that is dead or not a PostgreSQL: the file guards the data of a live one. */
export function forgetPostmaster(cluster: string): Promise<void> {
  return rm(pidFileOf(cluster), { force: true });
}

function pidFileOf(cluster: string): string {
  return join(dataOf(cluster), 'postmaster.pid');
}

/** After a reboot, or in a container, the pid of a dead server may be anybody's. */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  return programOf(pid).includes('postgres');
}

function programOf(pid: number): string {
  if (process.platform === 'linux') return procFile(pid, 'cmdline').split('\0', 1)[0] ?? '';
  return spawnSync('/bin/ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // A zombie has ended; where process 1 is no init, nobody may ever collect it.
  return !/^\d+ \(.*\) Z/.test(procFile(pid, 'stat'));
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

const SHUTDOWNS = [
  ['SIGINT', 5_000],
  ['SIGQUIT', 10_000],
] as const;

/**
 * Fast shutdown (clients are cut off, data is written), and after five seconds the immediate
 * one, which recovers from the log at the next start. Windows knows only the second kind.
 */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  for (const [signal, patienceMs] of SHUTDOWNS) {
    // Looked at again each time: a pid that is no longer in the file is no longer ours.
    const current = await readPostmaster(cluster);
    if (current?.pid === pid && isPostgres(pid)) sendSignal(pid, signal);
    const hasEnded = () => (isPostgres(pid) ? undefined : true);
    if (await waitUntil(hasEnded, { withinMs: patienceMs })) return;
  }
  throw new StartFailure({
    what: `PostgreSQL (process ${pid}) does not stop.`,
    why: `It was told to twice, and still serves ${cluster}.`,
    todo: 'End it by hand.',
  });
}

function sendSignal(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
