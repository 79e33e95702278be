import type { Knex } from 'knex';
import { discardWhenLate, type PooledConnection } from './pooled-connection.ts';
import type { Readers } from './statements/readers.ts';

/** SQLSTATE `read_only_sql_transaction`. */
const readOnly = '25006';

/** Whether the server takes no writes: a standby, or one that an operator has made read-only. */
export function isReadOnly(error: unknown): boolean {
  const { code, nativeError } = error as { code?: unknown; nativeError?: { code?: unknown } };
  return code === readOnly || nativeError?.code === readOnly;
}

/**
 * Fails where a write would fail, and touches no table: a lock must not make a service unready.
 *
 * @throws what a write would throw, so that the connections are given up as after one.
 */
export async function assertWritable(db: Knex): Promise<void> {
  await db.raw(
    `do $$ begin
       if current_setting('transaction_read_only')::boolean then
         raise read_only_sql_transaction using message = 'the database takes no writes';
       end if;
     end $$`,
  );
}

/**
 * Gives up every connection of a pool when one of them meets a read-only server: after a failover
 * they all lead to the old primary, and look healthy. New ones are led to the new one, and learn
 * what the settings are by now. Each is finished with its work first.
 */
export class WritableConnections {
  readonly #open = new Set<PooledConnection>();
  readonly #readers: Readers;

  constructor(readers: Readers) {
    this.#readers = readers;
  }

  /** Knex's `afterCreate`, for each connection of the pool. */
  readonly add = (
    connection: PooledConnection,
    done: (error: null, connection: PooledConnection) => void,
  ): void => {
    this.#open.add(connection);
    discardWhenLate(connection);
    connection.once('end', () => this.#open.delete(connection));
    // On the wire, because statements reach it by several ways: knex, transactions, our own.
    connection.connection.on('errorMessage', (error: { code?: string }) => {
      if (error.code === readOnly) this.#giveUp(error);
    });
    done(null, connection);
  };

  #giveUp(reason: unknown): void {
    for (const connection of this.#open) connection.__knex__disposed = reason;
    this.#readers.renew();
  }
}
