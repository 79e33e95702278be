import type { Knex } from 'knex';
import type { Clock } from '../clock.ts';
import { isOutdated } from './statements/failures.ts';

/**
 * A transaction in which something changes: a type of its own, so that a plain connection does not
 * compile where one is needed. All of it happens or nothing.
 */
export type UnitOfWork = Knex.Transaction & {
  /**
   * The instant of the change, the same for everything in it. Read when it is first asked for,
   * behind the locks that come before: changes that take turns have instants in their order.
   */
  readonly now: Date;
  /** Leaves a step for when it is certain; dropped when the transaction rolls back. */
  afterCommit(step: () => void): void;
};

/**
 * What was left with `afterCommit` runs once it is certain, before the caller goes on. Where a migration
 * has overtaken what was prepared, all of it is undone, and the work begins again: it must not leave
 * anything outside of the transaction.
 */
export function inTransaction<Result>(
  db: Knex,
  clock: Clock,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> {
  return unlessOvertaken(() => inOneTransaction(db, clock, work));
}

/** A second migration may come just then; a third one is somebody's mistake. */
const mostAttempts = 3;

/** Tries again what a migration has overtaken, and undone. */
export async function unlessOvertaken<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = mostAttempts - 1; left > 0; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
  }
  return attempt();
}

/** Once, however it ends. */
export async function inOneTransaction<Result>(
  db: Knex,
  clock: Clock,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> {
  const afterwards: (() => void)[] = [];
  const result = await db.transaction((trx) => work(unitOf(trx, clock, afterwards)));
  for (const step of afterwards) step();
  return result;
}

function unitOf(trx: Knex.Transaction, clock: Clock, afterwards: (() => void)[]): UnitOfWork {
  let instant: Date | undefined;
  const now = () => {
    instant ??= clock.now();
    return instant;
  };
  const afterCommit = (step: () => void) => void afterwards.push(step);
  return Object.defineProperties(trx, {
    now: { get: now },
    afterCommit: { value: afterCommit },
  }) as UnitOfWork;
}
