import knexFactory, { type Knex } from 'knex';
import type pg from 'pg';
import { service } from '../../../contract/service.ts';
import type { PoolMetrics } from '../observability/pool-metrics.ts';
import { Breaker, type BreakerParts } from './breaker.ts';
import { handOver } from './hand-over.ts';
import { Logins } from './logins.ts';
import { naming } from './naming.ts';
import { Pooler, watchForPooler } from './pooler.ts';
import { WritableConnections } from './read-only.ts';
import { traceQueries } from './statement-spans.ts';
import { setExecutor } from './statements/executor.ts';
import { Readers } from './statements/readers.ts';
import { reach, TidyClient } from './tidy-client.ts';

export interface DatabaseOptions {
  readonly url: string | Logins;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** How long to wait for a new connection, and for one of the pool. Patient without a request. */
  readonly connectTimeoutMs?: number;
  readonly acquireTimeoutMs?: number;
  /**
   * Whether hot statements are prepared. By default where no pooler is; false: nowhere, and nothing
   * shares a connection; true: through a pooler as well, if it keeps them apart.
   */
  readonly hasNamedStatements?: boolean | undefined;
  /** Connections beside the pool that short reads share. */
  readonly readConnections?: number;
  /** Told of the pool. */
  readonly metrics?: PoolMetrics;
  /** What is known, and found out, about the address. */
  readonly pooler?: Pooler;
  /** Told of outages, and the log with it; without it, everybody waits for as long as they may. */
  readonly outages?: Pick<BreakerParts, 'log' | 'metrics'>;
}

/** A connection or a transaction, whichever; what needs a transaction asks for a `UnitOfWork`. */
export type Database = Knex;

/**
 * A pool, and the connections that reads share. Every wait is bounded. The client-side limit of a
 * statement exists because a stopped server never fires its own. Destroying it ends all of them.
 */
export function connect(options: DatabaseOptions): Knex {
  const { url, poolSize, statementTimeoutMs } = options;
  const { connectTimeoutMs = 10_000, acquireTimeoutMs = 15_000 } = options;
  const logins = typeof url === 'string' ? new Logins(url) : url;
  const connection = {
    application_name: service.name,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs + 500,
  };
  const { hasNamedStatements, readConnections = 0, pooler = new Pooler() } = options;
  // Asked for each new connection: a password may change while the service runs, and a pooler be found.
  const current = () => ({
    ...connection,
    statement_timeout: pooler.isPresent ? undefined : statementTimeoutMs,
    connectionString: logins.url,
  });
  const breaker =
    options.outages && new Breaker({ ...options.outages, probe: () => reach(current()) });
  const readers = new Readers({ current, logins, breaker }, readConnections);
  const insists = hasNamedStatements === true;
  const mayName = () => pooler.isAbsent || (insists && pooler.keepsStatements === true);
  const connections = new WritableConnections(readers);
  const db = knexFactory({
    client: 'pg',
    connection: current(),
    pool: { min: 0, max: poolSize, afterCreate: connections.add },
    acquireConnectionTimeout: acquireTimeoutMs,
    // Knex would write stacks to standard output; what fails is thrown as well, and logged once.
    log: { warn: () => {}, error: () => {} },
    ...naming,
  });
  db.client.driver = Object.create(db.client.driver, { Client: { value: clientOf(current) } });
  handOver(db, { poolSize, timeoutMs: acquireTimeoutMs, metrics: options.metrics, breaker });
  watchForPooler(db, { pooler, insists });
  openBy(db, logins);
  setExecutor(db, {
    mayName: hasNamedStatements === false ? () => false : mayName,
    onLostStatement: () => pooler.found(),
    readers,
  });
  traceQueries(db);
  closeTogether(db, readers, breaker);
  return db;
}

function openBy({ client }: Knex, logins: Logins): void {
  const open: () => Promise<unknown> = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = () => logins.open(open);
}

/** Knex copies its settings once, and would never learn of another password. */
function clientOf(current: () => pg.ClientConfig): typeof pg.Client {
  return class extends TidyClient {
    constructor(settings: pg.ClientConfig) {
      super({ ...settings, ...current() });
    }
  };
}

function closeTogether({ client }: Knex, readers: Readers, breaker?: Breaker): void {
  const destroyPool = client.destroy.bind(client);
  client.destroy = async (callback?: (error?: unknown) => void) => {
    breaker?.close();
    await readers.close();
    return destroyPool(callback);
  };
}
