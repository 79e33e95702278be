import { expect } from 'vitest';
import type { Transaction } from '../../server/platform/db/connect.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';

/** Sends the calls, and lets them go on only when each waits for what `hold` has locked. */
export async function collide<Answer>(
  app: TestApp,
  hold: (trx: Transaction) => PromiseLike<unknown>,
  calls: readonly (() => Promise<Answer>)[],
): Promise<Answer[]> {
  const gate = await app.db.transaction();
  try {
    await hold(gate);
    const answers = calls.map((call) => call());
    await eventually(async () => expect(await countWaiting(app)).toBe(calls.length));
    await gate.commit();
    return await Promise.all(answers);
  } finally {
    if (!gate.isCompleted()) await gate.rollback();
  }
}

/** For `hold`: rows are read and locked as ever, but all writes to the tables wait. */
export function writesTo(...tables: string[]) {
  return (trx: Transaction) => trx.raw(`lock table ${tables.join()} in share mode`);
}

async function countWaiting(app: TestApp): Promise<number> {
  const { rows } = await app.db.raw(
    `select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0].waiting;
}
