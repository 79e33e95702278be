import type { Knex } from 'knex';
import { discard, type PooledConnection } from '../pooled-connection.ts';
import { inStatement } from '../statement-spans.ts';
import { endsConnection, isLost, isOutdated } from './failures.ts';
import { executeUnnamed } from './ordinary.ts';
import type { Readers } from './readers.ts';
import { executeOnWire, type Outcome, type Values, type WireQuery } from './wire.ts';

export interface ExecutorOptions {
  /** Not where a pooler hands out another connection for every transaction. */
  readonly mayName: () => boolean;
  /** Told when a connection has not what it had prepared. */
  readonly onLostStatement?: () => void;
  readonly readers?: Readers | undefined;
}

export interface ExecutableQuery extends WireQuery {
  /** May share a connection with other reads. */
  readonly isShareable: boolean;
}

// By the configuration, which a pool and its transactions share.
const optionsOf = new WeakMap<object, ExecutorOptions>();
const usual: ExecutorOptions = { mayName: () => true };

/** How the statements of this database are to be executed; otherwise named, and without readers. */
export function setExecutor(db: Knex, options: ExecutorOptions): void {
  optionsOf.set(db.client.config, options);
}

/** Executes on a connection of the pool or of the readers, or on the transaction's own. */
export function execute(db: Knex, query: ExecutableQuery, values: Values): Promise<Outcome> {
  return inStatement(query.text, () => executeSomewhere(db, query, values));
}

function executeSomewhere(db: Knex, query: ExecutableQuery, values: Values): Promise<Outcome> {
  const options = optionsOf.get(db.client.config) ?? usual;
  if (db.isTransaction) assertOpen(db as Knex.Transaction);
  else if (query.isShareable && options.mayName()) {
    const reader = options.readers?.find();
    if (reader) return reader.execute(query, values);
  }
  return executeOnConnection(db, query, values, options);
}

async function executeOnConnection(
  { client, isTransaction }: Knex,
  query: WireQuery,
  values: Values,
  { mayName, onLostStatement }: ExecutorOptions,
): Promise<Outcome> {
  // The first of a pool finds out what stands before the server.
  const connection: PooledConnection = await client.acquireConnection();
  const once = () => (mayName() ? executeOnWire : executeUnnamed)(connection, query, values);
  try {
    return await once();
  } catch (error) {
    if (endsConnection(error)) discard(connection, error);
    if (isLost(error)) onLostStatement?.();
    // In a transaction, the error has ended it: the caller begins again.
    if (isTransaction || !isOutdated(error)) throw error;
    return await once();
  } finally {
    client.releaseConnection(connection);
  }
}

/** A transaction that has ended still names its connection, which is somebody else's by now. */
function assertOpen(trx: Knex.Transaction): void {
  if (trx.isCompleted()) throw new Error('The transaction is over: this statement came too late');
}
