import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { connect, type Database } from '../../../server/platform/db/connect.ts';
import { inTransaction, type UnitOfWork } from '../../../server/platform/db/transaction.ts';
import { BossQueue } from '../../../server/platform/jobs/boss-queue.ts';
import type { Work } from '../../../server/platform/jobs/job.ts';
import { MemoryQueue } from '../../../server/platform/jobs/memory-queue.ts';
import type { Queue } from '../../../server/platform/jobs/queue.ts';
import { createTelemetry } from '../../../server/platform/observability/telemetry.ts';
import { recordingLog } from '../../kit/app.ts';
import { TestClock } from '../../kit/clock.ts';
import { createDatabase } from '../../kit/database.ts';

/** A queue of its own, whichever kind, and what a test does with it. */
export interface Bench {
  readonly queue: Queue;
  change<Result>(work: (tx: UnitOfWork) => Promise<Result>): Promise<Result>;
  now(): Date;
  /** So much time goes by. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function memoryBench(works: readonly Work[]): Promise<Bench> {
  const clock = new TestClock();
  const queue = new MemoryQueue(clock);
  const database = await openDatabase();
  queue.introduce(works);
  return {
    queue,
    now: () => clock.now(),
    change: (work) => inTransaction(database.db, clock, work),
    pass: async (seconds) => clock.advance({ seconds }),
    close: async () => {
      await queue.close();
      await database.close();
    },
  };
}

/** With a database of its own, unless it is to share one. */
export async function bossBench(
  works: readonly Work[],
  shared?: Database,
  retired: readonly string[] = [],
) {
  const clock = new TestClock();
  const database = shared ? { db: shared, close: async () => {} } : await openDatabase();
  const { db } = database;
  const { log, logs } = recordingLog();
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const telemetry = createTelemetry({ sampleRatio: 0, tracerProvider, log });
  const queue = new BossQueue({ db, log, observer: telemetry.jobs, stopSeconds: 0, retired });
  queue.introduce(works);
  await queue.prepare();
  return {
    queue,
    db,
    logs,
    telemetry,
    tracer: tracerProvider.getTracer('test'),
    spans: () => exporter.getFinishedSpans(),
    now: () => clock.now(),
    change: <Result>(work: (tx: UnitOfWork) => Promise<Result>) => inTransaction(db, clock, work),
    // The clock of a database cannot be moved: what waits moves instead.
    pass: async (seconds: number) => {
      const earlier = db.raw("start_after - ? * interval '1s'", [seconds]);
      await db('pgboss.job').update({ startAfter: earlier });
    },
    close: async () => {
      await queue.close();
      await telemetry.close();
      await database.close();
    },
  };
}

async function openDatabase(): Promise<{ db: Database; close: () => Promise<void> }> {
  const { url, drop } = await createDatabase();
  const db = connect({ url, poolSize: 5, statementTimeoutMs: 60_000 });
  return {
    db,
    close: async () => {
      await db.destroy();
      await drop();
    },
  };
}
