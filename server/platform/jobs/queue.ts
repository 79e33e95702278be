import type { UnitOfWork } from '../db/transaction.ts';
import type { Job, Work } from './job.ts';

export interface EnqueueOptions {
  /** Not before this instant. */
  readonly after?: Date;
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
  /** Begins to work off what waits and what the clock brings. */
  work(): Promise<void>;
  /** Lets the attempts in flight end, or hands their jobs back. */
  close(): Promise<void>;
}
