import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import type { Database } from '../db/connect.ts';
import { outsideCalls } from '../observability/call-context.ts';
import { bossDatabase } from './boss-database.ts';
import { Complaints } from './complaints.ts';
import { opened } from './envelope.ts';
import type { Work } from './job.ts';
import { performJob, type Watching } from './perform-job.ts';
import { handBack, makeQueues } from './stored-jobs.ts';

export interface WorkerOptions extends Watching {
  readonly db: Database;
  /** How long attempts in flight may take to end when the process stops. */
  readonly stopSeconds: number;
  readonly works: readonly Work[];
  /** Whether it begins by the clock what is scheduled. */
  readonly hasSchedules: boolean;
  /** Schedules of older releases that must begin no more, by the names of their jobs. */
  readonly retired: readonly string[];
}

/** How often each queue is looked at: what the clock begins can wait longer than a mail. */
const pollSeconds = 1;
const scheduledPollSeconds = 10;
/** How often the dead are looked for, whose jobs others take over. */
const superviseSeconds = 15;
/** For attempts that end because they are told to. */
const abortMs = 1_000;

interface Taken {
  readonly id: string;
  readonly data: unknown;
  readonly retryCount: number;
  readonly signal: AbortSignal;
}

/** Begins to work off jobs. Fails while the database is away, and leaves nothing behind then. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  return outsideCalls(async () => {
    const boss = new PgBoss({
      db: bossDatabase(options.db),
      schedule: options.hasSchedules,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
      // The schema is made by our migrations, and the role that serves owns none of it.
      migrate: false,
      createSchema: false,
      reindex: false,
      monitorVacuum: false,
      registerInstance: false,
      openTelemetry: { enabled: false },
    });
    const complaints = new Complaints(options.log);
    boss.on('error', (error) => complaints.about(error));
    boss.on('warning', (warning) => options.log.warn({ warning }, 'pg-boss warns'));
    const worker = new Worker(boss, options);
    try {
      await makeQueues(
        options.db,
        options.works.map(({ job }) => job),
      );
      await boss.start();
      await worker.begin();
      return worker;
    } catch (error) {
      await boss.stop({ graceful: false, close: false }).catch(() => {});
      throw error;
    }
  });
}

export class Worker {
  readonly #boss: PgBoss;
  readonly #options: WorkerOptions;
  /** Who looks at each queue. */
  readonly #lookouts = new Map<string, string[]>();
  readonly #running = new Map<string, string>();
  readonly #stop = new AbortController();

  constructor(boss: PgBoss, options: WorkerOptions) {
    this.#boss = boss;
    this.#options = options;
  }

  /** Whether an attempt is in flight, or its end not written down yet. */
  get isBusy(): boolean {
    return this.#boss.getWipData().some(({ count }) => count > 0);
  }

  async begin(): Promise<void> {
    for (const work of this.#options.works) {
      const { name, atOnce } = work.job;
      const options = {
        pollingIntervalSeconds: work.schedule ? scheduledPollSeconds : pollSeconds,
      };
      const lookout = () =>
        this.#boss.work<unknown>(
          name,
          options,
          async ([taken]) => taken && this.#attempt(work, taken as unknown as Taken),
        );
      this.#lookouts.set(name, await Promise.all(Array.from({ length: atOnce }, lookout)));
    }
    if (this.#options.hasSchedules) await this.#schedule();
  }

  /** Looks at a queue now. */
  wake(name: string): void {
    for (const lookout of this.#lookouts.get(name) ?? []) this.#boss.notifyWorker(lookout);
  }

  wakeAll(): void {
    for (const name of this.#lookouts.keys()) this.wake(name);
  }

  /**
   * Takes nothing new, and lets attempts end; tells those that last too long to end; and hands back
   * what has not ended then.
   */
  async stop(): Promise<void> {
    const names = [...this.#lookouts.keys()];
    const idle = Promise.all(names.map((name) => this.#boss.offWork(name)));
    await atMost(idle, this.#options.stopSeconds * 1_000);
    this.#stop.abort();
    await atMost(idle, abortMs);
    for (const [id, name] of this.#running) await this.#handBack(name, id);
    await this.#boss.stop({ graceful: false, close: false });
  }

  async #attempt(work: Work, { id, data, retryCount, signal }: Taken): Promise<void> {
    const { name } = work.job;
    const attempt = {
      id,
      attempt: retryCount + 1,
      signal: AbortSignal.any([signal, this.#stop.signal]),
    };
    this.#running.set(id, name);
    try {
      await performJob(work, attempt, opened(data), this.#options);
    } catch (error) {
      // It was told to end: that is no failure of the job.
      if (this.#stop.signal.aborted) await this.#handBack(name, id);
      throw error;
    } finally {
      this.#running.delete(id);
      // More may wait behind this one.
      this.wake(name);
    }
  }

  /** A job that cannot be handed back is taken over when this process is found to be silent. */
  async #handBack(name: string, id: string): Promise<void> {
    const { db, log } = this.#options;
    await handBack(db, name, id).catch((error: unknown) => {
      log.warn({ err: error, job: name, jobId: id }, 'a job could not be handed back');
    });
  }

  /**
   * What this release does not know may be of a newer one, beside which it runs for a while: it stays.
   * Only what is said to be retired begins no more.
   */
  async #schedule(): Promise<void> {
    for (const { job, schedule } of this.#options.works) {
      if (schedule === undefined) continue;
      await this.#boss.schedule(job.name, schedule, { data: {} }, { tz: 'UTC' });
    }
    for (const name of this.#options.retired) await this.#boss.unschedule(name);
  }
}

async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  const over = new AbortController();
  const limit = pause(ms, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([work, limit]);
  over.abort();
}
