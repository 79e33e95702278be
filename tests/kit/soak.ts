import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { connect } from '../../server/platform/db/connect.ts';
import { Book } from './acknowledged.ts';
import { noLimits, type TestApp } from './app.ts';
import { TestClock } from './clock.ts';
import { testSecrets } from './cluster.ts';
import { createDatabase } from './database.ts';
import { eventually } from './eventually.ts';
import { memoryMb } from './memory.ts';
import { MixedLoad } from './mixed-load.ts';
import { freePort } from './port.ts';
import { startProcess } from './process.ts';
import { type DatabaseProxy, databaseProxy } from './proxy.ts';
import { quickProgram } from './quick-key.ts';

export interface SoakOptions {
  readonly requests: number;
  /** How many faults of the database come between, evenly. */
  readonly faults: number;
  readonly onStep?: (done: number, sample: Sample) => void;
}

export interface Sample {
  readonly requests: number;
  readonly rssMb: number;
  /** The least that the heap held since the sample before: what a collection leaves. */
  readonly heapMb: number;
}

export interface Soaked {
  readonly book: Book;
  readonly statuses: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
  readonly peakMb: number;
  /** How often the log said that the database was away. */
  readonly outages: number;
  readonly seconds: number;
}

type Fault = (proxy: DatabaseProxy, url: string) => Promise<unknown>;

/** A moment each; in turn. */
const faults: readonly Fault[] = [
  async (proxy) => {
    proxy.cut();
    await pause(1_000);
    proxy.mend();
  },
  async (_proxy, url) => {
    const db = connect({ url, poolSize: 1, statementTimeoutMs: 60_000 });
    await db.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name = 'charter'`,
    );
    await db.destroy();
  },
  async (proxy) => {
    proxy.pause();
    await pause(4_000);
    proxy.resume();
  },
];

const samplesWanted = 40;

/** So many mixed requests on one process of the service, with faults of its database between. */
export async function soak({
  requests,
  faults: count,
  onStep = () => {},
}: SoakOptions): Promise<Soaked> {
  const { url: databaseUrl, drop } = await createDatabase();
  onTestFinished(drop);
  const proxy = await databaseProxy(databaseUrl);
  onTestFinished(() => proxy.close());
  const db = connect({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 120_000 });
  onTestFinished(() => db.destroy());
  const [port, metricsPort] = [await freePort(), await freePort()];
  const service = startProcess({
    DATABASE_URL: proxy.url,
    SECRET_KEYS: testSecrets.join(','),
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    // What a soak writes to its log would fill the memory of the one who reads it.
    LOG_LEVEL: 'warn',
    ...noLimits,
  });
  onTestFinished(async () => {
    service.child.kill('SIGTERM');
    await service.end;
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    eventually(async () => {
      expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(200);
    });
  await isReady();
  const arranged = { db, clock: new TestClock() } as unknown as TestApp;
  const { headers } = await quickProgram(arranged, ['users:manage', 'users:read']);
  const book = new Book();
  const startedAt = performance.now();
  const load = new MixedLoad({ url, headers, book, callers: 8 });
  const statuses: Record<string, number> = {};
  const note = () => {
    for (const [status, times] of Object.entries(load.seen().statuses)) {
      statuses[status] = (statuses[status] ?? 0) + times;
    }
  };
  const samples: Sample[] = [];
  let done = 0;
  let leastHeapMb = Number.POSITIVE_INFINITY;
  while (load.total < requests) {
    await pause(200);
    note();
    leastHeapMb = Math.min(leastHeapMb, await heapMb(metricsPort));
    if (load.total >= ((done + 1) * requests) / (count + 1) && done < count) {
      await (faults[done % faults.length] as Fault)(proxy, databaseUrl);
      done += 1;
    }
    if (load.total < ((samples.length + 1) * requests) / samplesWanted) continue;
    const rssMb = memoryMb(service.child.pid, 'VmRSS');
    const sample = { requests: load.total, rssMb, heapMb: leastHeapMb };
    samples.push(sample);
    leastHeapMb = Number.POSITIVE_INFINITY;
    onStep(load.total, sample);
  }
  await load.stop();
  note();
  const seconds = (performance.now() - startedAt) / 1_000;
  await isReady();
  expect(service.child.exitCode).toBe(null);
  expect(await book.contradictions(db)).toEqual([]);
  const outages = service.output().split('"the database is away').length - 1;
  const peakMb = memoryMb(service.child.pid, 'VmHWM');
  return { book, statuses, samples, peakMb, outages, seconds };
}

async function heapMb(metricsPort: number): Promise<number> {
  const text = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then((answer) =>
    answer.text(),
  );
  const values = [...text.matchAll(/^v8js_memory_heap_used_bytes(?:\{[^}]*\})? (\S+)$/gm)];
  return values.reduce((sum, [, value]) => sum + Number(value), 0) / 2 ** 20;
}
