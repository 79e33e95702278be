import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './port.ts';

/** What is installed, such as `PgBouncer 1.18.0`; undefined where it is not. */
export const pgbouncerVersion = /PgBouncer \S+/.exec(
  spawnSync('pgbouncer', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[0];

export interface PgbouncerOptions {
  /** To each database: so few that its clients share all of them. */
  readonly connections: number;
  /** What each of them is told first. */
  readonly connectQuery?: string;
  /** Every transaction gets a new one: what one has left on its connection nobody finds again. */
  readonly isForgetful?: boolean;
  /** Where it listens; a free one unless it was there before. */
  readonly port?: number;
}

/** PgBouncer in transaction mode before a server. It takes no start-up parameter but its own. */
export async function startPgbouncer(databaseUrl: string, options: PgbouncerOptions) {
  const { connections, connectQuery, isForgetful = false, port = await freePort() } = options;
  const { hostname, port: serverPort, username, password, pathname } = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), 'charter-pgbouncer-'));
  const server = [
    `host=${hostname}`,
    `port=${serverPort}`,
    `user=${decodeURIComponent(username)}`,
    // It takes no empty one.
    ...(password ? [`password=${decodeURIComponent(password)}`] : []),
    ...(connectQuery ? [`connect_query='${connectQuery}'`] : []),
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
    `default_pool_size = ${connections}`,
    ...(isForgetful ? ['server_lifetime = 0'] : []),
    'max_client_conn = 1000',
    // After a login that failed it refuses everybody for so long: 15 s unless it is told.
    'server_login_retry = 1',
  ];
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, `${settings.join('\n')}\n`);
  // It refuses to run as root, and then becomes somebody who must be able to read this.
  await chmod(folder, 0o755);
  const user = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
  const running = spawn('pgbouncer', [...user, file], { stdio: 'ignore' });
  const url = `postgres://anybody@127.0.0.1:${port}${pathname}`;
  while (!(await answers(url))) {
    if (running.exitCode !== null) throw new Error(`PgBouncer ended with ${running.exitCode}`);
    await pause(20);
  }
  const end = async (signal: NodeJS.Signals) => {
    running.kill(signal);
    if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url,
    port,
    pid: running.pid as number,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Asked by hand: the set-up of a run has no tests yet, whose kit could wait. */
async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
