import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../client/index.ts';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { Book } from '../kit/acknowledged.ts';
import { refusal } from '../kit/answers.ts';
import { noLimits, type TestApp } from '../kit/app.ts';
import { TestClock } from '../kit/clock.ts';
import { testSecrets } from '../kit/cluster.ts';
import { eventually } from '../kit/eventually.ts';
import { Figures } from '../kit/figures.ts';
import { MixedLoad } from '../kit/mixed-load.ts';
import { type OwnServer, ownServer } from '../kit/own-server.ts';
import { endProcesses, type Running, startProcess } from '../kit/process.ts';
import { type DatabaseProxy, databaseProxy } from '../kit/proxy.ts';
import { quickProgram } from '../kit/quick-key.ts';
import { smallDisk } from '../kit/small-disk.ts';

/**
 * One process with the limits that operators have, callers that never rest, and one fault of the
 * database after the other. What callers get is asserted, how soon is not: machines are busy.
 * `FAULT_FIGURES=<file>` writes down what docs/reliability.md publishes.
 */
let server: OwnServer;
let proxy: DatabaseProxy;
let service: Running;
let url: string;
let db: Database;
let load: MixedLoad;
let creations = 0;
/** Every other account is created with a key. */
const book = new Book({
  hasKey: (operation) => {
    if (operation !== 'usersCreate') return false;
    creations += 1;
    return creations % 2 === 0;
  },
});
const figures = new Figures();
/** Figures want more than a moment. */
const watchMs = process.env.FAULT_FIGURES ? 4_000 : 300;
const disk = smallDisk({ megabytes: 300 });

beforeAll(async () => {
  server = await ownServer(disk?.folder);
  proxy = await databaseProxy(server.url);
  db = connect({ url: server.url, poolSize: 2, statementTimeoutMs: 60_000 });
  const settings = { DATABASE_URL: proxy.url, SECRET_KEYS: testSecrets.join(','), ...noLimits };
  service = startProcess(settings);
  url = await service.listening();
  const arranged = { db, clock: new TestClock() } as unknown as TestApp;
  const { headers } = await quickProgram(arranged, ['users:manage', 'users:read']);
  load = new MixedLoad({ url, headers, book, callers: 24 });
});

afterAll(async () => {
  await load?.stop();
  endProcesses();
  proxy?.close();
  await db?.destroy();
  await server?.close();
  disk?.unmount();
});

const anonymous = () => createClient({ baseUrl: url });
const saysIt = (words: string) => service.output().split(`"msg":"${words}`).length - 1;

/** Callers get good answers, and nothing else. */
async function allIsWell(): Promise<void> {
  await eventually(async () => {
    expect(await anonymous().health.readiness()).toMatchObject({ status: 200 });
    await figures.step();
    expect(Object.keys(figures.take(load.seen())).filter((status) => status >= '300')).toEqual([]);
  });
}

/** Whatever happens, callers get an answer: a good one, or a 503. */
async function meet(name: string, begin: () => Promise<unknown>, end: () => Promise<unknown>) {
  await allIsWell();
  figures.begin(name);
  // Whatever failed, the next fault must not find this one.
  try {
    await begin();
  } finally {
    await end();
  }
  figures.healed();
  await allIsWell();
  expect(figures.end().filter((status) => !/^(20[0-4]|503)$/.test(status))).toEqual([]);
  expect(service.child.exitCode).toBe(null);
}

/** Callers have met it. */
async function isNoticed(): Promise<void> {
  await eventually(async () => {
    await figures.step();
    expect(figures.take(load.seen())).toHaveProperty('503');
  });
}

/** From now on callers are refused at once. */
async function isKnown(began: number): Promise<void> {
  await eventually(() => expect(saysIt('the database is away')).toBe(began + 1));
  figures.take(load.seen());
  figures.known();
  expect(await anonymous().health.liveness()).toMatchObject({ status: 200 });
  // One that was asked within the last second may answer once more.
  await eventually(async () => {
    const refused = await anonymous().health.readiness();
    expect(refused).toMatchObject(refusal(503, 'service_unavailable'));
    expect(refused.headers.get('retry-after')).toBe('2');
  });
  await figures.watch(load, watchMs);
}

describe('while callers go on', () => {
  const outage = (name: string, begin: () => Promise<unknown>, end: () => Promise<unknown>) =>
    meet(
      name,
      async () => {
        const began = saysIt('the database is away');
        await begin();
        await isKnown(began);
      },
      end,
    );

  it('every connection to the database may be ended', () =>
    meet(
      'connections ended',
      async () => {
        await server.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'charter%'
           and pid <> all(array(select pid from pg_stat_activity where query like '%pg_terminate%'))`,
        );
      },
      async () => {},
    ));

  it('the database may be unreachable', () =>
    outage(
      'refused',
      async () => proxy.cut(),
      async () => proxy.mend(),
    ));

  it('the database may be stopped by a signal', () =>
    outage('stopped (SIGSTOP)', server.freeze, server.thaw));

  it('the way to the database may take two seconds longer', () =>
    meet(
      'slow by 2 s',
      async () => {
        proxy.delay(2_000);
        await isNoticed();
        await figures.watch(load, watchMs);
      },
      // As long as open connections bring answers, if late ones, it is there.
      async () => proxy.delay(0),
    ));

  it('the database may be restarted', () => outage('restarted', server.stop, server.start));

  it('the database may be killed', () => outage('killed (SIGKILL)', server.kill, server.start));

  it('somebody may hold what all of them need, until the pool is exhausted', async () => {
    const holder = await db.transaction();
    const began = saysIt('the database is away');
    await meet(
      'pool exhausted',
      async () => {
        await holder.raw('lock table users in access exclusive mode');
        await isNoticed();
        await figures.watch(load, watchMs);
      },
      () => holder.rollback(),
    );
    // It answers, if only to those who need no account.
    expect(saysIt('the database is away')).toBe(began);
  });

  // It takes a file system of a few hundred megabytes: root can make one.
  it.runIf(disk)('the disk of the database may be full', async () => {
    const filler = join(disk?.folder ?? '', 'filler');
    await meet(
      'disk full',
      async () => {
        disk?.fill(filler);
        await isNoticed();
        await figures.watch(load, watchMs);
      },
      async () => {
        await rm(filler);
        // Where not even its log could be written, it has ended itself.
        if (!(await server.isThere())) await server.start();
      },
    );
  });
});

it('each change that was acknowledged is there, none twice, and none that was refused', async () => {
  await load.stop();
  expect(book.count('acknowledged')).toBeGreaterThan(100);
  expect(book.count('unknown')).toBeGreaterThan(0);
  expect(await book.contradictions(db)).toEqual([]);
  // With a key nobody is left in doubt: it was sent again until there was an answer.
  const keyed = book.changes.filter(({ hasKey }) => hasKey);
  expect(keyed.filter(({ requestIds }) => requestIds.length > 1).length).toBeGreaterThan(0);
  expect(keyed.filter(({ fate }) => fate !== 'acknowledged')).toEqual([]);
  const doneAfterAll = await book.doneUnknown(db);
  const { length } = book.changes;
  if (process.env.FAULT_FIGURES) {
    const tally = `${length} changes: ${book.count('acknowledged')} acknowledged, ${book.count('unknown')} unknown, of which ${doneAfterAll} were done`;
    await writeFile(process.env.FAULT_FIGURES, `${figures.table()}\n\n${tally}\n`);
  }
  expect(service.output()).not.toMatch(/"level":"fatal"|internal_error|"status":500/);
});
