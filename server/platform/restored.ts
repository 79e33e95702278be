import type { Transaction } from './change.ts';

/**
 * What is not true any more where the database is that of a while ago: a dump that was restored. Runs
 * once, before any process of the service does; twice does no harm.
 */
export interface AfterRestore {
  /** What it counts, for the operator: `sessions ended`. */
  readonly what: string;
  readonly settle: (tx: Transaction) => PromiseLike<number>;
}

/**
 * Another server numbers its transactions otherwise. What was written before counts as older than all
 * that it will write; only then does an order by them tell the truth.
 */
export const transactionsOfBefore: readonly AfterRestore[] = ['events', 'revocations'].map(
  (table) => ({
    what: `${table} of before`,
    settle: (tx) => tx(table).whereNot('xid', '0').update({ xid: '0' }),
  }),
);
