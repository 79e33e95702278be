import type { UnitOfWork } from '../db/transaction.ts';
import type { Job, Work } from './job.ts';

export interface EnqueueOptions {
  /** Not before this instant. */
  readonly after?: Date;
}

export interface QueueState {
  /** How many could be done by now, and are not; those are left out that wait for their time. */
  readonly waiting: number;
  /** For how long the oldest of them could have been done. */
  readonly oldestWaitingSeconds: number;
  /** How many failed as often as they may be tried. */
  readonly dead: number;
}

/** Where jobs wait. At least once: whoever dies in the middle leaves the job to somebody else. */
export interface Queue {
  /** Part of the change: the job is there when it commits, and never was when it does not. */
  enqueue<Data>(
    tx: UnitOfWork,
    declared: Job<Data>,
    data: Data,
    options?: EnqueueOptions,
  ): Promise<void>;
  /** What this process knows to do; nothing begins before `work`. */
  introduce(works: readonly Work[]): void;
  /** Makes room for what was introduced: before the first change. */
  prepare(): Promise<void>;
  /** Begins to work off what waits and what the clock brings. Fails while the database is away. */
  work(): Promise<void>;
  /** Works off what is due by now, and what that brings, until nothing is left. */
  workOff(): Promise<void>;
  state(): Promise<QueueState>;
  /** Lets the attempts in flight end, or hands their jobs back. */
  close(): Promise<void>;
}
