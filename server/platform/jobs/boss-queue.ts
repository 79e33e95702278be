import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { UnitOfWork } from '../db/transaction.ts';
import { sealed } from './envelope.ts';
import type { Job, Work } from './job.ts';
import { purgeDone } from './purge-done.ts';
import type { EnqueueOptions, Queue, QueueState } from './queue.ts';
import { retiredSchedules } from './retired-schedules.ts';
import { insertJob, isAnyDue, makeQueues, readState } from './stored-jobs.ts';
import type { Worker, WorkerOptions } from './worker.ts';

export type BossQueueOptions = Omit<WorkerOptions, 'works' | 'hasSchedules' | 'retired'> &
  Partial<Pick<WorkerOptions, 'retired'>>;

/**
 * Jobs in PostgreSQL, worked off by pg-boss. Whoever only enqueues writes rows and never loads it:
 * a process of the API is as quick to start and as small as without.
 */
export class BossQueue implements Queue {
  readonly #options: BossQueueOptions;
  readonly #works = new Map<string, Work>();
  #worker: Promise<Worker> | undefined;
  #isClosed = false;

  constructor(options: BossQueueOptions) {
    this.#options = options;
    this.introduce([purgeDone(options.db)]);
  }

  introduce(works: readonly Work[]): void {
    for (const work of works) this.#works.set(work.job.name, work);
  }

  prepare(): Promise<void> {
    const jobs = [...this.#works.values()].map(({ job }) => job);
    return makeQueues(this.#options.db, jobs);
  }

  async enqueue<Data>(
    tx: UnitOfWork,
    declared: Job<Data>,
    data: Data,
    { after }: EnqueueOptions = {},
  ): Promise<void> {
    await insertJob(tx, declared, { id: randomUUIDv7(), envelope: sealed(declared, data), after });
    tx.afterCommit(() => this.#wake(declared.name));
  }

  async work(): Promise<void> {
    await this.#begin({ hasSchedules: true });
  }

  async workOff(): Promise<void> {
    const worker = await this.#begin({ hasSchedules: false });
    const names = [...this.#works.keys()];
    // Twice: a job that is being taken is due no more, and in nobody's hands yet.
    for (let quietRounds = 0; quietRounds < 2 && !this.#isClosed; ) {
      const isDue = await isAnyDue(this.#options.db, names);
      quietRounds = isDue || worker.isBusy ? 0 : quietRounds + 1;
      if (isDue) worker.wakeAll();
      await pause(20);
    }
  }

  state(): Promise<QueueState> {
    return readState(this.#options.db);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = await this.#worker?.catch(() => undefined);
    await worker?.stop();
  }

  #begin(options: { hasSchedules: boolean }): Promise<Worker> {
    this.#worker ??= this.#start(options).catch((error: unknown) => {
      this.#worker = undefined;
      throw error;
    });
    return this.#worker;
  }

  async #start({ hasSchedules }: { hasSchedules: boolean }): Promise<Worker> {
    const { startWorker } = await import('./worker.ts');
    if (this.#isClosed) throw new Error('The queue is closed');
    const works = [...this.#works.values()];
    return startWorker({ retired: retiredSchedules, ...this.#options, works, hasSchedules });
  }

  /** Who enqueues in a process that works jobs off does not wait for it to look again. */
  #wake(name: string): void {
    void this.#worker?.then((worker) => worker.wake(name)).catch(() => {});
  }
}
