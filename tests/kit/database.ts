import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { onServer, urlOf } from './cluster.ts';

/** A migrated database of one's own, cloned from the template of the run. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { server, template } = inject('database');
  const name = template.replace('template', randomBytes(6).toString('hex'));
  await onServer(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: urlOf(server, name),
    drop: async () => {
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** An empty database of one's own: no schema at all. */
export async function createEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { server, template } = inject('database');
  const name = template.replace('template', `empty_${randomBytes(6).toString('hex')}`);
  await onServer(server, `create database ${name}`);
  return {
    url: urlOf(server, name),
    drop: async () => {
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** A connection to a migrated database of the file's own, for tests below the HTTP service. */
export function useConnection(): () => Database {
  let db: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createDatabase();
    drop = database.drop;
    db = connect({ url: database.url, poolSize: 5, statementTimeoutMs: 5_000 });
  });
  afterAll(async () => {
    await db.destroy();
    await drop();
  });
  return () => db;
}
