import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '../../../server/development/embedded/embedded.ts';
import { prepare } from '../../kit/prepare.ts';
import { secretKey } from './settings.ts';

/** What runs leave behind: the embedded server's data, compiled peers, logs. Ignored by git. */
export const dataFolder = fileURLToPath(new URL('../../../.charter/bench/', import.meta.url));

export interface BenchDatabase {
  readonly url: string;
  readonly version: string;
  readonly isEmbedded: boolean;
  close(): Promise<void>;
}

/** A database of its own on `BENCH_DATABASE_URL` or the embedded server; gone afterwards. */
export async function openDatabase(rows: number): Promise<BenchDatabase> {
  const given = process.env.BENCH_DATABASE_URL;
  const embedded = given
    ? undefined
    : await startEmbedded({ folder: dataFolder, durable: false, database: 'charter_bench' });
  const server = given ?? (embedded?.url as string);
  const name = `charter_bench_${randomBytes(4).toString('hex')}`;
  const close = async () => {
    await onServer(server, `drop database if exists ${name} with (force)`);
    await embedded?.stop();
  };
  try {
    await onServer(server, `create database ${name}`);
    const url = urlOf(server, name);
    await fill(url, rows);
    const [{ server_version: version }] = await onServer(server, 'show server_version');
    return { url, version, isEmbedded: embedded !== undefined, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(url: string, rows: number): Promise<void> {
  await prepare(url, secretKey);
  for (const statement of fillStatements(rows)) await onServer(url, statement);
}

/** So many accounts, each with a role and a row of the same id in the bench table. */
function fillStatements(rows: number): string[] {
  return [
    // Trigrams of 100,000 names take a minute to index, and no workload searches.
    'drop index users_search_index',
    `insert into users (id, email, username, full_name, created_at, updated_at)
     select gen_random_uuid(), 'p' || n || '@example.com', 'p' || n, 'Person ' || n, now(), now()
     from generate_series(1, ${rows}) n`,
    `insert into user_roles (user_id, role_id)
     select users.id, roles.id from users, roles where roles.name = 'member'`,
    `create table bench_people (
       id uuid primary key, full_name text not null, email text not null, city text,
       score integer not null, is_active boolean not null, created_at timestamptz not null)`,
    `insert into bench_people
     select id, full_name, email, case when length(username) % 2 = 0 then 'Zürich' end,
       length(email) * 7, true, created_at from users`,
    'vacuum analyze',
  ];
}

export async function onServer(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql, values);
    return rows;
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
