import { randomBytes } from 'node:crypto';
import { readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../server/development/embedded/embedded.ts';
import { pgbouncerVersion, startPgbouncer } from './pgbouncer.ts';
import { prepare } from './prepare.ts';

declare module 'vitest' {
  interface ProvidedContext {
    database: { server: string; template: string };
    /** PgBouncer before that server, where the run goes through one. */
    pooler: string | undefined;
  }
}

/** As many as one test lets meet each other, and fewer than the pools of two apps. */
const connections = 16;

/** Not a secret: it seals what a throw-away database holds. */
export const testSecrets = ['a-secret-for-tests-only-0123456789abcdef'];

/**
 * One server for the run, and one migrated database on it that every test file clones.
 * `TEST_DATABASE_URL` names a server to use instead of a throw-away one. With `CHARTER_TEST_POOLER=1`, every
 * app goes through a PgBouncer in transaction mode.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = `charter_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const server = await testServer(run);
  const template = `${run}_template`;
  await onServer(server.url, `create database ${template}`);
  await prepare(urlOf(server.url, template), testSecrets.join(','));
  project.provide('database', { server: server.url, template });
  const isPooled = process.env.CHARTER_TEST_POOLER === '1';
  if (isPooled && !pgbouncerVersion) throw new Error('PgBouncer is not installed here');
  const pooler = isPooled ? await startPgbouncer(server.url, { connections }) : undefined;
  project.provide('pooler', pooler?.url);
  return async () => {
    await pooler?.stop();
    await server.stop(run);
  };
}

async function testServer(run: string): Promise<{ url: string; stop(run: string): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    if (!new URL(given).pathname.includes('test')) {
      throw new Error(
        'TEST_DATABASE_URL must name a database with "test" in its name: tests create and drop databases beside it.',
      );
    }
    return { url: given, stop: () => dropAll(given, run) };
  }
  const folder = join(await roomyFolder(), run);
  const embedded = await startEmbedded({ folder, durable: false, database: 'charter_test' });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Memory, where there is plenty: cloning a database is mostly writing its files, and every test file
 * does it. Half a gigabyte is used at most.
 */
async function roomyFolder(): Promise<string> {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  if (bavail * bsize < 2 * 2 ** 30) {
    return fileURLToPath(new URL('../../.charter', import.meta.url));
  }
  await removeLeftovers(memory);
  return memory;
}

/** Of runs that were killed: memory is not theirs to keep. */
async function removeLeftovers(memory: string): Promise<void> {
  for (const name of await readdir(memory)) {
    const [, pid] = /^charter_test_(\d+)_/.exec(name) ?? [];
    if (!pid || isAlive(Number(pid))) continue;
    // Another user's is theirs to remove.
    await rm(join(memory, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function dropAll(server: string, run: string): Promise<void> {
  const { rows } = await onServer(
    server,
    `select datname from pg_database where datname like '${run}%'`,
  );
  for (const { datname } of rows) await onServer(server, `drop database ${datname} with (force)`);
}

export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** By one connection, which stays open until nobody asks for it or the server stops. */
export function onServer(server: string, sql: string) {
  return poolOf(server).query<{ datname: string }>(sql);
}

const pools = new Map<string, pg.Pool>();

function poolOf(server: string): pg.Pool {
  const known = pools.get(server);
  if (known) return known;
  const pool = new pg.Pool({ connectionString: server, max: 1, allowExitOnIdle: true });
  // A connection that ends while nobody uses it is no matter: the next question opens another.
  pool.on('error', () => {});
  pools.set(server, pool);
  return pool;
}
