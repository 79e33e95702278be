import pg from 'pg';
import { service } from '../../../contract/service.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import type { Log } from '../observability/log.ts';
import type { RevocationBus } from './bus.ts';

const channel = 'charter_revocations';
const firstRetryMs = 100;
const lastRetryMs = 5_000;

/**
 * LISTEN and NOTIFY. The listener needs a connection of its own that goes straight to the server:
 * a transaction pooler such as PgBouncer hands out another one for every statement.
 */
export class PostgresBus implements RevocationBus {
  readonly #urlOf: () => string;
  readonly #log: Log;
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param urlOf asked for each connection: a password may change while the service runs. */
  constructor(urlOf: () => string, log: Log) {
    this.#urlOf = urlOf;
    this.#log = log;
  }

  async announce(tx: UnitOfWork): Promise<void> {
    await tx.raw('select pg_notify(?, ?)', [channel, '']);
  }

  listen(onNews: () => void): void {
    void this.#connect(onNews, firstRetryMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => {});
  }

  async #connect(onNews: () => void, retryMs: number): Promise<void> {
    // A start that was broken off may come here after the end.
    if (this.#isClosed) return;
    const client = new pg.Client({
      connectionString: this.#urlOf(),
      application_name: `${service.name}-listener`,
      connectionTimeoutMillis: 1_000,
      keepAlive: true,
    });
    this.#client = client;
    // Without a listener for errors, a lost connection would end the process.
    client.on('error', () => {});
    client.once('end', () => this.#reconnect(onNews, retryMs));
    client.on('notification', onNews);
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      onNews();
      client.removeAllListeners('end').once('end', () => this.#reconnect(onNews, firstRetryMs));
    } catch {
      await client.end().catch(() => {});
    }
  }

  #reconnect(onNews: () => void, retryMs: number): void {
    if (this.#isClosed) return;
    this.#log.warn({ retryMs }, 'revocation listener lost its connection; the poll goes on');
    const next = Math.min(retryMs * 2, lastRetryMs);
    this.#retry = setTimeout(() => void this.#connect(onNews, next), retryMs);
    this.#retry.unref();
  }
}
