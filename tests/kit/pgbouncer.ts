import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { freePort } from './port.ts';

/** What is installed, such as `PgBouncer 1.18.0`; undefined where it is not. */
export const pgbouncerVersion = /PgBouncer \S+/.exec(
  spawnSync('pgbouncer', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[0];

/** PgBouncer in transaction mode before a database, on so few connections that all of them are shared. */
export async function startPgbouncer(databaseUrl: string, serverConnections: number) {
  const { hostname, port: serverPort, username, password, pathname } = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), 'charter-pgbouncer-'));
  const port = await freePort();
  const server = [
    `host=${hostname}`,
    `port=${serverPort}`,
    `user=${decodeURIComponent(username)}`,
    `password=${decodeURIComponent(password)}`,
  ];
  const settings = [
    '[databases]',
    `* = ${server.join(' ')}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    `default_pool_size = ${serverConnections}`,
    'max_client_conn = 500',
    'ignore_startup_parameters = statement_timeout',
  ];
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, `${settings.join('\n')}\n`);
  // It refuses to run as root, and then becomes somebody who must be able to read this.
  await chmod(folder, 0o755);
  const user = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
  const running = spawn('pgbouncer', [...user, file], { stdio: 'ignore' });
  const url = `postgres://anybody@127.0.0.1:${port}${pathname}`;
  await eventually(async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.end();
  });
  return {
    url,
    stop: async () => {
      running.kill('SIGTERM');
      if (running.exitCode === null) await once(running, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}
