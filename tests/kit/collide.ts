import { expect } from 'vitest';
import type { Database } from '../../server/platform/db/connect.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';

type Call<Answer> = () => Promise<Answer>;
type Hold = (trx: Database) => PromiseLike<unknown>;

/** Sends the calls, and lets them go on only when each waits for what `hold` has locked. */
export async function collide<Answer>(
  app: TestApp,
  hold: Hold,
  calls: readonly Call<Answer>[],
): Promise<Answer[]> {
  return behindGate(app, hold, calls, async () => {
    expect(await countWaiting(app)).toBe(calls.length);
  });
}

/** The same for calls that need not come as far as the gate. */
export async function collideIfTheyCan<Answer>(
  app: TestApp,
  hold: Hold,
  calls: readonly Call<Answer>[],
): Promise<Answer[]> {
  let answered = 0;
  const counted = calls.map((call) => async () => {
    const answer = await call();
    answered += 1;
    return answer;
  });
  return behindGate(app, hold, counted, async () => {
    expect((await countWaiting(app)) + answered).toBe(calls.length);
  });
}

/** Whether a call has to wait for what `hold` has locked; it is let go on afterwards. */
export async function comesTo(app: TestApp, hold: Hold, call: Call<unknown>): Promise<boolean> {
  let answered = false;
  const noted = () => call().then(() => (answered = true));
  let waited = false;
  await behindGate(app, hold, [noted], async () => {
    waited = (await countWaiting(app)) > 0;
    expect(waited || answered).toBe(true);
  });
  return waited;
}

async function behindGate<Answer>(
  app: TestApp,
  hold: Hold,
  calls: readonly Call<Answer>[],
  allHaveCome: () => Promise<void>,
): Promise<Answer[]> {
  const gate = await app.db.transaction();
  try {
    await hold(gate);
    const answers = calls.map((call) => call());
    await eventually(allHaveCome);
    await gate.commit();
    return await Promise.all(answers);
  } finally {
    if (!gate.isCompleted()) await gate.rollback();
  }
}

/** For `hold`: rows are read and locked as ever, but all writes to the tables wait. */
export function writesTo(...tables: string[]) {
  return (trx: Database) => trx.raw(`lock table ${tables.join()} in share mode`);
}

/** For `hold`: rows are read as ever, but whoever locks or writes one of the tables waits. */
export function locksOf(...tables: string[]) {
  return (trx: Database) => trx.raw(`lock table ${tables.join()} in exclusive mode`);
}

/** How many connections wait for a lock. */
export async function countWaiting(app: TestApp): Promise<number> {
  const { rows } = await app.db.raw(
    `select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0].waiting;
}
