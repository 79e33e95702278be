import type { Database } from './connect.ts';

const batchSize = 1_000;

export interface Purge {
  readonly table: string;
  readonly key: string;
  /** What is older than `before` here has had its time. */
  readonly column: string;
  readonly before: Date;
  /** Ends it between two batches. */
  readonly signal: AbortSignal;
}

/**
 * Deletes what has had its time, a thousand rows a statement: none lasts, and rows that somebody has
 * locked stay for the next time. Doing it twice is doing it once.
 */
export async function purge(db: Database, options: Purge): Promise<void> {
  const { table, key, column, before, signal } = options;
  for (let deleted = batchSize; deleted === batchSize && !signal.aborted; ) {
    const old = db(table).select(key).where(column, '<', before).limit(batchSize);
    deleted = await db(table).whereIn(key, old.forUpdate().skipLocked()).delete();
  }
}
