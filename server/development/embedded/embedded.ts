import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '../../platform/start-failure.ts';
import { createCluster } from './cluster.ts';
import { ensureDatabase, urlOf } from './connection.ts';
import { openFolder } from './folder.ts';
import { reach, settle } from './live.ts';
import { type Lock, tryLock, waitForLock } from './lock.ts';
import { type Postmaster, stopPostmaster } from './postmaster.ts';
import type { RunAs } from './run-as.ts';
import { chooseSite, findCluster } from './site.ts';
import { startPostmaster } from './start.ts';
import type { Patience } from './wait.ts';

/**
 * A real PostgreSQL without an installation. Whoever starts the server owns it and stops it; a
 * second process on the same folder shares it, and must live with the owner's stopping it. An
 * owner that was killed leaves the server running: the next start adopts it.
 */
export interface EmbeddedDatabase {
  url: string;
  /** True when this process started or adopted the server, and so stops it. */
  owned: boolean;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Data, password and log live here; two servers never serve one folder. */
  folder: string;
  /** False for tests: faster, and lost with the machine's power. */
  durable?: boolean;
  database?: string;
  report?: (line: string) => void;
  /** Breaks the start off; what was begun is then undone, and the start throws. */
  signal?: AbortSignal;
  /** For root only: insist on one way of not being root. */
  runAs?: RunAs['kind'];
}

const START_WITHIN_MS = 120_000;
const OWNER_ENDS_WITHIN_MS = 15_000;

/** Starts the server whose data lives in `folder`, or shares the one that runs already. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = await openFolder(options.folder, options.report);
  const starting = await waitForLock(join(folder, 'start.lock'), {
    withinMs: START_WITHIN_MS,
    signal: options.signal,
    onWait: () => options.report?.('Waiting for another process that starts PostgreSQL …'),
  });
  if (!starting) {
    throw new StartFailure({
      what: 'The embedded PostgreSQL is still being started by another process.',
      why: `That process holds ${folder}/start.lock.`,
      todo: 'Wait for it, or stop it, and try again.',
    });
  }
  try {
    return await startOrShare(folder, options);
  } finally {
    starting.release();
  }
}

/** The URL of a live server of this folder, or undefined; never starts anything. */
export async function findEmbedded(options: {
  folder: string;
  database?: string;
}): Promise<string | undefined> {
  const folder = await realpath(options.folder).catch(() => undefined);
  const cluster = folder && findCluster(folder);
  if (!cluster) return undefined;
  const database = options.database ?? 'charter';
  const live = await reach(cluster, database);
  return live && urlOf({ port: live.port, cluster }, database);
}

async function startOrShare(folder: string, options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = findCluster(folder);
  const patience = {
    signal: options.signal,
    onLong: () => options.report?.('Waiting for the PostgreSQL that ran here before …'),
  };
  const live = cluster ? await settle(cluster, patience) : undefined;
  const ownership = await takeOwnership(folder, live !== undefined, patience);
  try {
    const server =
      cluster && live ? { ...live, cluster } : await startAnew(folder, options, ownership);
    return await open(folder, server, options.database ?? 'charter', ownership);
  } catch (error) {
    ownership?.release();
    throw error;
  }
}

/** The owner holds it for as long as it lives: free beside a live server, it tells an orphan. */
async function takeOwnership(
  folder: string,
  isLive: boolean,
  patience: Omit<Patience, 'withinMs'>,
): Promise<Lock | undefined> {
  const file = join(folder, 'owner.lock');
  if (isLive) return tryLock(file);
  const ownership = await waitForLock(file, { ...patience, withinMs: OWNER_ENDS_WITHIN_MS });
  if (ownership) return ownership;
  throw new StartFailure({
    what: `The process that owns the database in ${folder} still runs.`,
    why: 'Its PostgreSQL cannot be reached; perhaps it runs in another container.',
    todo: 'Stop that process and try again.',
  });
}

interface Server extends Postmaster {
  cluster: string;
}

async function startAnew(
  folder: string,
  options: EmbeddedOptions,
  ownership: Lock | undefined,
): Promise<Server> {
  const { durable = true, signal } = options;
  signal?.throwIfAborted();
  const site = await chooseSite(folder, options.runAs);
  if (!existsSync(site.cluster)) {
    options.report?.('Preparing PostgreSQL (first start, a few seconds) …');
    await createCluster(site, { durable, signal });
  }
  const log = join(folder, 'postgres.log');
  const onExit = () => ownership?.release();
  return {
    ...(await startPostmaster({ site, log, durable, onExit, signal })),
    cluster: site.cluster,
  };
}

async function open(
  folder: string,
  server: Server,
  database: string,
  ownership: Lock | undefined,
): Promise<EmbeddedDatabase> {
  await ensureDatabase(server, database);
  const url = await urlOf(server, database);
  if (!ownership) return { url, owned: false, stop: async () => {} };
  let stopped: Promise<void> | undefined;
  return {
    url,
    owned: true,
    stop: () => {
      stopped ??= stop(folder, server, ownership);
      return stopped;
    },
  };
}

/** Under the start lock, so that nobody comes to share a server that is about to end. */
async function stop(folder: string, server: Server, ownership: Lock): Promise<void> {
  const starting = await waitForLock(join(folder, 'start.lock'), { withinMs: 10_000 });
  try {
    await stopPostmaster(server.cluster, server.pid);
  } finally {
    ownership.release();
    starting?.release();
  }
}
