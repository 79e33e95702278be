import { randomUUIDv7 } from 'node:crypto';
import { type Clock, earlier } from '../clock.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import { type Envelope, sealed } from './envelope.ts';
import type { Job, Work } from './job.ts';
import { performJob } from './perform-job.ts';
import type { EnqueueOptions, Queue, QueueState } from './queue.ts';

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly envelope: Envelope;
  readonly after: Date;
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
    declared: Job<Data>,
    data: Data,
    { after = tx.now }: EnqueueOptions = {},
  ): Promise<void> {
    const envelope = sealed(declared, data);
    const waiting = { id: randomUUIDv7(), name: declared.name, envelope, after, attempt: 0 };
    tx.afterCommit(() => void this.#waiting.push(waiting));
  }

  async prepare(): Promise<void> {}

  async work(): Promise<void> {}

  async close(): Promise<void> {
    this.#stop.abort();
  }

  async workOff(): Promise<void> {
    for (let next = this.#takeDue(); next; next = this.#takeDue()) {
      await this.#attempt(next);
      if (this.#stop.signal.aborted) return;
    }
  }

  /** Begins scheduled work now, as if its time had come. */
  async runScheduled(name: string): Promise<void> {
    const work = this.#works.get(name);
    if (!work?.schedule) throw new Error(`Nothing is scheduled as ${name}`);
    const { signal } = this.#stop;
    await performJob(work, { id: randomUUIDv7(), attempt: 1, signal }, { data: {} });
  }

  async state(): Promise<QueueState> {
    const now = this.#clock.now();
    const due = this.#waiting.filter(({ after }) => after <= now);
    const oldest = due.reduce((first, { after }) => earlier(first, after), now);
    return {
      waiting: due.length,
      oldestWaitingSeconds: (now.getTime() - oldest.getTime()) / 1000,
      dead: this.dead.length,
    };
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
    const { id, envelope } = waiting;
    waiting.attempt += 1;
    const { attempt } = waiting;
    try {
      await performJob(work, { id, attempt, signal: this.#stop.signal }, envelope);
    } catch {
      if (this.#stop.signal.aborted) this.#handBack(waiting);
      else if (attempt >= work.job.attempts) this.dead.push(waiting);
      else this.#waiting.push(waiting);
    }
  }

  /** It was told to end: the attempt does not count. */
  #handBack(waiting: Waiting): void {
    waiting.attempt -= 1;
    this.#waiting.push(waiting);
  }
}
