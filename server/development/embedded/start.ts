import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '../../platform/start-failure.ts';
import { WHAT_TO_DO } from './binaries.ts';
import { dataOf } from './cluster.ts';
import { freePort } from './port.ts';
import { type Postmaster, readPostmaster } from './postmaster.ts';
import { commandAs } from './run-as.ts';
import type { Site } from './site.ts';
import { waitUntil } from './wait.ts';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const READY_WITHIN_MS = 60_000;

export interface StartOptions {
  site: Site;
  log: string;
  durable: boolean;
  /** Called when the server that started has ended, for whatever reason. */
  onExit: () => void;
  signal?: AbortSignal | undefined;
}

/** Starts the server and waits until it accepts connections. */
export async function startPostmaster(options: StartOptions): Promise<Postmaster> {
  await rotate(options.log);
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted();
    const port = await freePort(attempt === 1 ? await formerPort(options.site) : 0);
    const { size } = await stat(options.log).catch(() => ({ size: 0 }));
    const postmaster = await startOn(port, options);
    if (postmaster) return postmaster;
    const said = (await readFile(options.log)).subarray(size).toString();
    // Between our look at the port and the server's, another program may take it.
    if (attempt < 3 && said.includes('could not create any TCP/IP sockets')) continue;
    throw new StartFailure({
      what: 'The embedded PostgreSQL did not start.',
      why: `Its log (${options.log}) says:\n${lastOf(said)}`,
      todo: `Often the disk is full or memory is short. Or: ${WHAT_TO_DO}`,
    });
  }
}

/** Undefined when the server ended instead of getting ready. */
async function startOn(port: number, options: StartOptions): Promise<Postmaster | undefined> {
  const { site } = options;
  const log = await open(options.log, 'a', 0o600);
  const command = commandAs(
    site.runAs,
    join(site.binaries, 'bin', 'postgres'),
    settings(site, port, options.durable),
  );
  // A session of its own: Ctrl-C must reach us only, who still need the database to finish.
  const child = spawn(command.file, command.args, {
    ...command.options,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let ended: Error | true | undefined;
  child.once('error', (error) => {
    ended = error;
  });
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  await log.close();
  const readyOne = async () => {
    const postmaster = await readPostmaster(site.cluster);
    return postmaster?.isReady && postmaster.pid === child.pid ? postmaster : undefined;
  };
  const patience = { withinMs: READY_WITHIN_MS, signal: options.signal };
  const outcome = await waitUntil(async () => ended ?? (await readyOne()), patience).catch(
    () => undefined,
  );
  if (outcome instanceof Error) throw outcome;
  if (outcome === true) return undefined;
  if (outcome) {
    child.once('exit', options.onExit);
    return outcome;
  }
  await giveUp(child, () => ended);
  options.signal?.throwIfAborted();
  return undefined;
}

/** By its own handle, not by the pid file: it may not have written that yet. */
async function giveUp(child: ChildProcess, ended: () => unknown): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal);
    if (await waitUntil(ended, { withinMs: 5_000 })) return;
  }
}

function settings(site: Site, port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    // No socket file: its path may be longer than the 107 characters that systems allow.
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : throwAway),
  };
  const flags = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataOf(site.cluster), '-p', String(port), ...flags];
}

// Nothing is kept, nothing is copied elsewhere, and nothing lives long enough to be cleaned.
const throwAway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  checkpoint_timeout: '1h',
  log_checkpoints: 'off',
  autovacuum: 'off',
};

/** The same port as last time when it is free, so that a tool pointed at it keeps working. */
async function formerPort(site: Site): Promise<number> {
  const options = join(dataOf(site.cluster), 'postmaster.opts');
  const text = await readFile(options, 'utf8').catch(() => '');
  return Number(/"-p" "(\d+)"/.exec(text)?.[1] ?? 0);
}

async function rotate(log: string): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > LOG_LIMIT_BYTES) await rename(log, `${log}.old`);
}

function lastOf(log: string): string {
  return log.trim().split('\n').slice(-15).join('\n') || '(nothing)';
}
