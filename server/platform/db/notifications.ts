import pg from 'pg';
import { service } from '../../../contract/service.ts';
import type { Log } from '../observability/log.ts';

const firstRetryMs = 100;
const lastRetryMs = 5_000;

export interface NotificationParts {
  readonly channel: string;
  /** Asked for each connection: a password may change while the service runs. */
  readonly urlOf: () => string;
  readonly log: Log;
}

/**
 * Listens on a channel of PostgreSQL. That needs a connection of its own which goes straight to the
 * server: a transaction pooler such as PgBouncer hands out another one for every statement. What is
 * announced while it is lost is not heard: whoever listens polls as well.
 */
export class Notifications {
  readonly #parts: NotificationParts;
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** Calls back at every announcement and after every reconnection. */
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
      connectionString: this.#parts.urlOf(),
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
      await client.query(`listen ${this.#parts.channel}`);
      onNews();
      client.removeAllListeners('end').once('end', () => this.#reconnect(onNews, firstRetryMs));
    } catch {
      await client.end().catch(() => {});
    }
  }

  #reconnect(onNews: () => void, retryMs: number): void {
    if (this.#isClosed) return;
    const { log, channel } = this.#parts;
    log.warn({ retryMs, channel }, 'a listener lost its connection; the poll goes on');
    const next = Math.min(retryMs * 2, lastRetryMs);
    this.#retry = setTimeout(() => void this.#connect(onNews, next), retryMs);
    this.#retry.unref();
  }
}
