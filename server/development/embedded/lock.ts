import { DatabaseSync } from 'node:sqlite';
import { waitUntil } from './wait.ts';

/**
 * A lock between processes that the kernel drops when its holder dies, however it dies. A file
 * with a pid in it would have to be judged: is that pid alive, is it still the same program, is
 * it a pid of this container? SQLite is Node's only door to such locks, on every platform.
 */
export interface Lock {
  release(): void;
}

const SQLITE_BUSY = 5;

/** Held here because a collected connection would be closed, and its lock lost unnoticed. */
const held = new Set<DatabaseSync>();

/** Takes the lock, or answers undefined when somebody else has it. */
export function tryLock(file: string): Lock | undefined {
  const connection = new DatabaseSync(file);
  try {
    // Nothing is ever written, so no journal file either.
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  held.add(connection);
  return { release: () => held.delete(connection) && connection.close() };
}

/** Waits for the lock; undefined when `withinMs` is over. Says so once by `onWait`. */
export async function waitForLock(
  file: string,
  options: { withinMs: number; onWait?: () => void },
): Promise<Lock | undefined> {
  const lock = tryLock(file);
  if (lock) return lock;
  options.onWait?.();
  return waitUntil(() => tryLock(file), options.withinMs);
}
