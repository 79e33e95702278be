import { DBError } from 'objection';
import { problemOfDatabaseError } from '../database-problems.ts';

/**
 * Why the replica is not used: its age is not known yet; it does not answer; it is too old; it is no replica
 * of the primary, or none any more.
 */
export type Unused = 'unlooked' | 'away' | 'late' | 'unfit';

export interface Trouble {
  readonly unused: Unused;
  readonly why: string;
  /** What it was found out by. */
  readonly error?: unknown;
  /** Whether it has the data of somebody else. */
  readonly isForeign?: true;
}

export const unlooked: Trouble = { unused: 'unlooked', why: 'how old it is is not known yet' };
export const takesWrites: Trouble = {
  unused: 'unfit',
  why: 'it takes writes: it is the primary itself, or was promoted',
};
export const ofOthers: Trouble = {
  unused: 'unfit',
  why: 'it is a replica of another database',
  isForeign: true,
};
export const leftBehind: Trouble = { unused: 'late', why: 'it has not followed the failover yet' };
export const tooOld: Trouble = { unused: 'late', why: 'what it has is too old' };

export function unreached(error: unknown): Trouble {
  const { code, message = '' } = nativeOf(error);
  // Knex puts the statement in front of the driver's words.
  const why = message.replace(/^.* - /s, '') || (code ?? 'it does not answer');
  return { unused: 'away', why, error };
}

/** What ends a read on the replica before it begins, or while it goes on. */
export class ReplicaUnused extends Error {
  override readonly name = 'ReplicaUnused';
  readonly unused: Unused;

  constructor({ unused, why }: Trouble) {
    super(`The replica is not used: ${why}`);
    this.unused = unused;
  }
}

/** Whether the server takes back what a read stands on, to go on with what the primary sends. */
export function isConflict(error: unknown): boolean {
  const { code, message = '' } = nativeOf(error);
  return code === '40001' || message.includes('conflict with recovery');
}

const sqlState = /^[0-9A-Z]{5}$/;
// Of a server that starts, stops or crashes.
const startsOrStops = /^57P0/;

/** Whether no server is there, or one that is about to go. */
export function isGone(error: unknown): boolean {
  const { code = '', name, message = '' } = nativeOf(error);
  const isOfTheRead = isConflict(error) || error instanceof ReplicaUnused;
  // Slow, as far as a read can tell. Whether the server hangs, whoever looks at it finds out sooner.
  const isLate = name === 'KnexTimeoutError' || /Query read timeout$/.test(message);
  if (isLate || isOfTheRead) return false;
  if (sqlState.test(code)) return startsOrStops.test(code);
  return problemOfDatabaseError(error, {}) !== undefined;
}

function nativeOf(error: unknown): { code?: string; message?: string; name?: string } {
  return (error instanceof DBError ? error.nativeError : error) as Error;
}
