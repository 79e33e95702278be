import type { Knex } from 'knex';
import type { ClientBase } from 'pg';
import { isOutdated, type Outcome, WireExecution, type WireQuery } from './wire.ts';

export type Values = readonly (string | Buffer | null)[];

/** Executes on a connection of the pool, or on the transaction's own. */
export async function execute(db: Knex, query: WireQuery, values: Values): Promise<Outcome> {
  const { client } = db;
  assertOpen(db);
  const connection = await client.acquireConnection();
  try {
    return await executeOn(connection, query, values);
  } catch (error) {
    // In a transaction, the error has ended it: the caller begins again.
    if (db.isTransaction || !isOutdated(error as Error)) throw error;
    return await executeOn(connection, query, values);
  } finally {
    client.releaseConnection(connection);
  }
}

function executeOn(connection: ClientBase, query: WireQuery, values: Values): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    connection.query(
      new WireExecution(query, values, (error, outcome) => {
        if (outcome) resolve(outcome);
        else reject(error);
      }),
    );
  });
}

/** A transaction that has ended may still name its connection, which is somebody else's by now. */
function assertOpen(db: Knex): void {
  if (db.isTransaction && (db as Knex.Transaction).isCompleted()) {
    throw new Error('The transaction is over: this statement came too late');
  }
}
