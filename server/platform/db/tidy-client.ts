import pg from 'pg';
import { outsideCalls } from '../observability/call-context.ts';

/**
 * Without a password pg gives up by itself, and leaves the socket open: a command that has failed
 * would wait until the server loses patience, and `create database` would wait for it, too.
 */
export class TidyClient extends pg.Client {
  override async connect(): Promise<pg.Client> {
    try {
      return await outsideCalls(() => super.connect());
    } catch (error) {
      (this as unknown as { connection: pg.Connection }).connection.stream.destroy();
      throw error;
    }
  }
}

/** Whether the server answers, in the time that a connection may take. */
export async function reach(settings: pg.ClientConfig): Promise<void> {
  const client = new TidyClient({ ...settings, query_timeout: settings.connectionTimeoutMillis });
  // Said by `connect` or `query` as well.
  client.on('error', () => {});
  try {
    await client.connect();
    // A pooler may let us in by itself.
    await outsideCalls(() => client.query('select 1'));
  } finally {
    client.end().catch(() => {});
  }
}
