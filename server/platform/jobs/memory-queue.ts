import { randomUUIDv7 } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import { findCall } from '../observability/call-context.ts';
import type { Job, Work } from './job.ts';
import { performJob } from './perform-job.ts';
import type { EnqueueOptions, Queue } from './queue.ts';

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly after: Date;
  readonly requestId: string | undefined;
  attempt: number;
}

/** The queue's twin in memory: the same promises within one process, worked off when asked to. */
export class MemoryQueue implements Queue {
  readonly #clock: Clock;
  readonly #works = new Map<string, Work>();
  readonly #stop = new AbortController();
  #waiting: Waiting[] = [];
  /** Those that failed as often as they may be tried. */
  readonly dead: Waiting[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  introduce(works: readonly Work[]): void {
    for (const work of works) this.#works.set(work.job.name, work);
  }

  async enqueue<Data>(
    tx: UnitOfWork,
    { name, data: schema }: Job<Data>,
    data: Data,
    { after = tx.now }: EnqueueOptions = {},
  ): Promise<void> {
    const parsed = JSON.parse(JSON.stringify(schema.parse(data)));
    const requestId = findCall()?.id;
    const waiting = { id: randomUUIDv7(), name, data: parsed, after, requestId, attempt: 0 };
    tx.afterCommit(() => void this.#waiting.push(waiting));
  }

  async work(): Promise<void> {}

  async close(): Promise<void> {
    this.#stop.abort();
  }

  /** Works off what is due by now, and what that brings, until nothing is left. */
  async workOff(): Promise<void> {
    for (let next = this.#takeDue(); next; next = this.#takeDue()) await this.#attempt(next);
  }

  /** Begins scheduled work now, as if its time had come. */
  async runScheduled(name: string): Promise<void> {
    const work = this.#works.get(name);
    if (!work?.schedule) throw new Error(`Nothing is scheduled as ${name}`);
    const { signal } = this.#stop;
    await performJob(work, { id: randomUUIDv7(), data: {}, attempt: 1, signal }, undefined);
  }

  #takeDue(): Waiting | undefined {
    const now = this.#clock.now();
    const due = this.#waiting.find(({ after }) => after <= now);
    this.#waiting = this.#waiting.filter((one) => one !== due);
    return due;
  }

  async #attempt(waiting: Waiting): Promise<void> {
    const work = this.#works.get(waiting.name);
    if (!work) throw new Error(`Nobody does ${waiting.name}`);
    const { id, data, requestId } = waiting;
    waiting.attempt += 1;
    const { attempt } = waiting;
    try {
      await performJob(work, { id, data, attempt, signal: this.#stop.signal }, requestId);
    } catch {
      if (attempt >= work.job.attempts) this.dead.push(waiting);
      else this.#waiting.push(waiting);
    }
  }
}
