import { hasChanged } from './audit/own-changes.ts';
import type { Actor } from './auth/actor.ts';
import { type Clock, secondsAfter } from './clock.ts';
import type { Database } from './db/connect.ts';
import type { Replica } from './db/replica/replica.ts';
import { isConflict, ReplicaUnused } from './db/replica/trouble.ts';
import type { Log } from './observability/log.ts';
import type { FallbackReason, ReplicaMetrics } from './observability/replica-metrics.ts';
import { ProblemError } from './problem-error.ts';

/**
 * Reads what may be a little old, where that costs the primary nothing. The work only reads: it may be
 * done twice.
 */
export type Read = <Result>(work: (db: Database) => Promise<Result>) => Promise<Result>;

/** Where reads go of which the contract says that they may be late (`metadata.staleness`). */
export interface Reads {
  /** What the actor has just changed is in what they read. */
  readonly by: (actor: Actor | undefined) => Read;
  /** For what is read once for all who ask. */
  readonly byAnybody: Read;
}

export interface ReadsParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  readonly metrics: ReplicaMetrics;
  /** Undefined: there is one database, and nothing is late. */
  readonly replica: Replica | undefined;
  /** For how long after a change the replica may lack it. */
  readonly lagSeconds: number;
  /** For how long a change may go on after the instant that its entry bears. */
  readonly changeSeconds: number;
}

export function createReads({ replica, ...parts }: ReadsParts): Reads {
  if (replica) return readsWith(replica, parts);
  const here: Read = (work) => work(parts.db);
  return { by: () => here, byAnybody: here };
}

/** What fails on the replica alone is told so often. */
const tellEveryMs = 10_000;

function readsWith(replica: Replica, parts: Omit<ReadsParts, 'replica'>): Reads {
  const { db, clock, metrics, log, lagSeconds, changeSeconds } = parts;
  let toldAtMs = Number.NEGATIVE_INFINITY;

  async function whyNot(actor: Actor | undefined): Promise<FallbackReason | undefined> {
    if (replica.unused) return replica.unused;
    if (!actor) return undefined;
    const since = secondsAfter(clock.now(), -(lagSeconds + changeSeconds));
    return (await hasChanged(db, actor, since)) ? 'own_change' : undefined;
  }

  function noteFailure(error: unknown): void {
    const reason = reasonOf(error);
    metrics.fellBack(reason);
    if (reason !== 'failed' || performance.now() - toldAtMs < tellEveryMs) return;
    toldAtMs = performance.now();
    log.warn({ err: error }, 'the replica failed at a read, and the primary was asked');
  }

  async function read<Result>(
    actor: Actor | undefined,
    work: (db: Database) => Promise<Result>,
  ): Promise<Result> {
    const reason = await whyNot(actor);
    if (reason) {
      metrics.fellBack(reason);
      return work(db);
    }
    try {
      const result = await replica.read(work);
      metrics.read();
      return result;
    } catch (error) {
      noteFailure(error);
    }
    // Whatever it was, also a refusal: the primary has the last word.
    return work(db);
  }

  return { by: (actor) => (work) => read(actor, work), byAnybody: (work) => read(undefined, work) };
}

function reasonOf(error: unknown): FallbackReason {
  if (error instanceof ReplicaUnused) return error.unused;
  if (error instanceof ProblemError) return 'refused';
  return isConflict(error) ? 'conflict' : 'failed';
}
