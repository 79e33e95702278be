import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, glob, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  commandAs,
  type RunAs,
  unprivilegedUser,
} from '../../server/development/embedded/run-as.ts';
import { query } from './embedded.ts';
import { eventually } from './eventually.ts';
import { freePort } from './port.ts';

const run = promisify(execFile);

/** Where Debian puts the programs of PostgreSQL, the newest of them. Undefined: it is not installed. */
export const installedPostgres = (await Array.fromAsync(glob('/usr/lib/postgresql/*/bin/initdb')))
  .map((initdb) => join(initdb, '..'))
  .sort()
  .at(-1);

// It refuses to run as root.
const runAs: RunAs =
  process.getuid?.() === 0 ? { kind: 'user', ...unprivilegedUser() } : { kind: 'self' };

/** A folder of whoever runs the server. */
export async function serverFolder(): Promise<{ data: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'charter-installed-postgres-'));
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (runAs.kind === 'user') {
    for (const path of [folder, data]) await chown(path, runAs.uid, runAs.gid);
  }
  return { data, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** One of the programs, as whoever runs the server. */
export async function runProgram(program: string, args: readonly string[]): Promise<void> {
  const command = commandAs(runAs, program, [...args]);
  await run(command.file, command.args, command.options);
}

export interface RunningPostgres {
  readonly pid: number;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

/** The server of a folder, until it answers. */
export async function runPostgres(
  programs: string,
  { data, port, settings = {} }: { data: string; port: number; settings?: Record<string, string> },
): Promise<RunningPostgres> {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  const server = commandAs(runAs, join(programs, 'postgres'), [
    ...['-D', data, '-p', String(port)],
    ...Object.entries({ ...all, ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
  ]);
  const child = spawn(server.file, server.args, { ...server.options, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await eventually(() => query(`postgres://charter@127.0.0.1:${port}/postgres`, 'select 1'));
  return {
    pid: child.pid as number,
    stop: async (signal = 'SIGQUIT') => {
      child.kill(signal);
      await ended;
    },
  };
}

/** A server of that release, empty, with a database `charter`. */
export async function startInstalledPostgres(
  programs: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const { data, remove } = await serverFolder();
  await runProgram(join(programs, 'initdb'), [
    ...['--pgdata', data, '--username=charter', '--auth=trust', '--encoding=UTF8', '--locale=C'],
    '--no-sync',
  ]);
  const port = await freePort();
  const { stop } = await runPostgres(programs, { data, port });
  const at = (database: string) => `postgres://charter@127.0.0.1:${port}/${database}`;
  await query(at('postgres'), 'create database charter');
  return {
    url: at('charter'),
    stop: async () => {
      await stop();
      await remove();
    },
  };
}
