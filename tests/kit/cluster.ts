import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../server/development/embedded/embedded.ts';
import { prepare } from './prepare.ts';

declare module 'vitest' {
  interface ProvidedContext {
    database: { server: string; template: string };
  }
}

/** Not a secret: it seals what a throw-away database holds. */
export const testSecrets = ['a-secret-for-tests-only-0123456789abcdef'];

/**
 * One server for the run, and one migrated database on it that every test file clones.
 * `TEST_DATABASE_URL` names a server to use instead of a throw-away one.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = `charter_test_${randomBytes(4).toString('hex')}`;
  const server = await testServer(run);
  const template = `${run}_template`;
  await onServer(server.url, `create database ${template}`);
  await prepare(urlOf(server.url, template), testSecrets.join(','));
  project.provide('database', { server: server.url, template });
  return () => server.stop(run);
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
  const folder = fileURLToPath(new URL(`../../.charter/${run}`, import.meta.url));
  const embedded = await startEmbedded({ folder, durable: false, database: 'charter_test' });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
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

export async function onServer(server: string, sql: string) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await client.query<{ datname: string }>(sql);
  } finally {
    await client.end();
  }
}
