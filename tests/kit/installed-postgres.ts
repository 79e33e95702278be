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

/** A server of that release, empty, with a database `charter`. */
export async function startInstalledPostgres(
  programs: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'charter-installed-postgres-'));
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  // It refuses to run as root.
  const runAs: RunAs =
    process.getuid?.() === 0 ? { kind: 'user', ...unprivilegedUser() } : { kind: 'self' };
  if (runAs.kind === 'user') {
    for (const path of [folder, data]) await chown(path, runAs.uid, runAs.gid);
  }
  const initdb = commandAs(runAs, join(programs, 'initdb'), [
    ...['--pgdata', data, '--username=charter', '--auth=trust', '--encoding=UTF8', '--locale=C'],
    '--no-sync',
  ]);
  await run(initdb.file, initdb.args, initdb.options);
  const port = await freePort();
  const server = commandAs(runAs, join(programs, 'postgres'), [
    ...['-D', data, '-p', String(port)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
  ]);
  const child = spawn(server.file, server.args, { ...server.options, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const at = (database: string) => `postgres://charter@127.0.0.1:${port}/${database}`;
  await eventually(() => query(at('postgres'), 'select 1'));
  await query(at('postgres'), 'create database charter');
  return {
    url: at('charter'),
    stop: async () => {
      child.kill('SIGQUIT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
