import knexFactory, { type Knex } from 'knex';
import { naming } from './naming.ts';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

/** The type of a connection or a transaction, for signatures outside this folder. */
export type Database = Knex;
export type Transaction = Knex.Transaction;

/**
 * A pool. Every wait is bounded: for a connection 2 s, to connect 1 s, for a statement the
 * setting. The client-side limit exists because a stopped server never fires its own.
 */
export function connect({ url, poolSize, statementTimeoutMs }: DatabaseOptions): Knex {
  return knexFactory({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'charter',
      connectionTimeoutMillis: 1_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 500,
    },
    pool: { min: 0, max: poolSize },
    acquireConnectionTimeout: 2_000,
    // Knex would write stacks to standard output; what fails is thrown as well, and logged once.
    log: { warn: () => {}, error: () => {} },
    ...naming,
  });
}
