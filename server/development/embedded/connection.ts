import { stat } from 'node:fs/promises';
import { Client, escapeIdentifier } from 'pg';
import { dataOf, passwordOf, SUPERUSER } from './cluster.ts';

export interface Address {
  port: number;
  cluster: string;
}

export async function urlOf({ port, cluster }: Address, database: string): Promise<string> {
  const password = await passwordOf(cluster);
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/**
 * Whether the server at this port serves our data. Another server may have got the port; a
 * folder copied while its server ran brings that server's port and password along.
 */
export async function servesOurData(address: Address, database: string): Promise<boolean> {
  return withClient(await urlOf(address, database), async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return isSameFolder(rows[0]?.data_directory ?? '', dataOf(address.cluster));
  });
}

export async function ensureDatabase(address: Address, database: string): Promise<void> {
  await withClient(await urlOf(address, 'postgres'), async (client) => {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount) return;
    await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, ssl: false, connectionTimeoutMillis: 5000 });
  // A server that stops under an idle connection emits an error; the query reports it as well.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** By inode, not by name: links, and a folder renamed while its server runs, are still ours. */
async function isSameFolder(served: string, ours: string): Promise<boolean> {
  const [there, here] = await Promise.all([stat(served).catch(() => undefined), stat(ours)]);
  return !there || (there.ino === here.ino && there.dev === here.dev);
}
