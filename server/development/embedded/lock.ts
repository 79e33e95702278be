import { DatabaseSync } from 'node:sqlite';
import { type Patience, waitUntil } from './wait.ts';

/**
 * A lock between processes that the kernel drops when its holder dies, however it dies. A file
 * with a pid in it would have to be judged: is that pid alive, is it still the same program, is
 * it a pid of this container? SQLite is Node's only door to such locks, on every platform.
 */
export interface Lock {
  release(): void;
}

const SQLITE_BUSY = 5;
/** The file cannot be opened, or written. */
const SQLITE_REFUSALS = [8, 14];

/** Held here because a collected connection would be closed, and its lock lost unnoticed. */
const held = new Set<DatabaseSync>();

/** Takes the lock, or answers undefined when somebody else has it. */
export function tryLock(file: string): Lock | undefined {
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(file);
    // Nothing is ever written, so no journal file either.
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    const { errcode = 0, message } = error as Error & { errcode?: number };
    if (errcode === SQLITE_BUSY) return undefined;
    // SQLite names neither the file nor the reason of the system.
    if (!SQLITE_REFUSALS.includes(errcode)) throw error;
    throw Object.assign(new Error(`${message}: ${file}`), { code: 'EACCES', path: file });
  }
  held.add(connection);
  return { release: () => held.delete(connection) && connection.close() };
}

/** Waits for the lock; undefined when the patience is over. Says so once by `onWait`. */
export async function waitForLock(
  file: string,
  { onWait, ...patience }: Patience & { onWait?: () => void },
): Promise<Lock | undefined> {
  const lock = tryLock(file);
  if (lock) return lock;
  onWait?.();
  return waitUntil(() => tryLock(file), patience);
}
