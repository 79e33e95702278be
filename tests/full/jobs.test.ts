import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { inTransaction } from '../../server/platform/db/transaction.ts';
import { BossQueue } from '../../server/platform/jobs/boss-queue.ts';
import { recordingLog } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { endProcesses, type Running, startProcess, testEnvironment } from '../kit/process.ts';
import { databaseProxy } from '../kit/proxy.ts';
import { act } from './jobs-worker.ts';

// Not when its test has finished: they run side by side.
const leftovers: (() => unknown)[] = [];
afterAll(async () => {
  endProcesses();
  for (const end of leftovers.reverse()) await end();
});

type Manner = 'quick' | 'slow' | 'deaf' | 'until-told' | 'stuck-at-first';

/** A database with a table of what was done, and somebody who enqueues. */
async function aWorld() {
  const { url, drop } = await createDatabase();
  const db = connect({ url, poolSize: 2, statementTimeoutMs: 60_000 });
  leftovers.push(drop, () => db.destroy());
  await db.raw('create table done (name text, attempt int, at timestamptz, pid int)');
  const observer = { begin: () => ({ span: undefined, traceId: undefined, end: () => {} }) };
  const queue = new BossQueue({ db, ...recordingLog(), observer, stopSeconds: 0 });
  queue.introduce([{ job: act as never, perform: async () => {} }]);
  await queue.prepare();
  const clock = { now: () => new Date() };
  return {
    db,
    url,
    enqueue: (manner: Manner) =>
      inTransaction(db, clock, (tx) => queue.enqueue(tx, act, { manner })),
    worker: (settings: Record<string, string> = {}) => {
      const env = { ...testEnvironment(url), ...settings };
      return startProcess(env, undefined, ['tests/full/jobs-worker.ts']);
    },
    done: (name: string) => db('done').where({ name }).orderBy('at') as Promise<Done[]>,
  };
}

interface Done {
  readonly attempt: number;
  readonly at: Date;
  readonly pid: number;
}

const says = (worker: Running, text: string) =>
  eventually(() => expect(worker.output()).toContain(text));
const statesOf = (db: Database) =>
  db('pgboss.job').where({ name: act.name }).select('state', 'retryCount');

describe('a worker', { concurrent: true }, () => {
  it('that is killed in the middle leaves its job to another', async () => {
    const world = await aWorld();
    await world.enqueue('stuck-at-first');
    const killed = world.worker();
    await says(killed, '"acts":"stuck-at-first"');
    killed.child.kill('SIGKILL');
    await killed.end;
    const other = world.worker();
    await eventually(async () =>
      expect(await world.done('stuck-at-first')).toMatchObject([
        { attempt: 2, pid: other.child.pid },
      ]),
    );
    other.child.kill('SIGTERM');
    expect(await other.end).toBe(0);
  });

  it('that is told to stop finishes what it has begun', async () => {
    const world = await aWorld();
    await world.enqueue('slow');
    const worker = world.worker();
    await says(worker, '"acts":"slow"');
    worker.child.kill('SIGTERM');
    expect(await worker.end).toBe(0);
    expect(await world.done('slow')).toMatchObject([{ attempt: 1 }]);
    expect(await statesOf(world.db)).toMatchObject([{ state: 'completed' }]);
  });

  it.each(['until-told', 'deaf'] as const)(
    'that is told to stop hands back what takes too long: %s',
    async (manner) => {
      const world = await aWorld();
      await world.enqueue(manner);
      const worker = world.worker({ JOBS_STOP_SECONDS: '0' });
      await says(worker, `"acts":"${manner}"`);
      worker.child.kill('SIGTERM');
      expect(await worker.end).toBe(0);
      // As if nobody had tried.
      expect(await statesOf(world.db)).toEqual([{ state: 'created', retryCount: 0 }]);
    },
  );

  it('that is told twice goes at once', async () => {
    const world = await aWorld();
    await world.enqueue('deaf');
    const worker = world.worker({ JOBS_STOP_SECONDS: '600' });
    await says(worker, '"acts":"deaf"');
    worker.child.kill('SIGTERM');
    await pause(2_500);
    worker.child.kill('SIGTERM');
    expect(await worker.end).toBe(1);
  });

  it('begins what is scheduled once, however many there are', async () => {
    const world = await aWorld();
    const minuteOf = (at: number) => Math.floor(at / 60_000);
    const first = minuteOf(Date.now());
    const workers = [world.worker(), world.worker()];
    for (const worker of workers) await says(worker, 'working off jobs');
    // Two minutes, and what pg-boss takes to see them.
    await pause(140_000);
    const minutes = (await world.done('tick')).map(({ at }) => at.toISOString().slice(0, 16));
    expect(minutes.length).toBeGreaterThanOrEqual(2);
    const scheduled = await world.db('pgboss.job').where({ name: 'test.tick' });
    // One for each minute that began or was under way. Which minute one was made in tells nothing:
    // that of a minute may be made late, beside that of the next.
    expect(scheduled.length).toBeLessThanOrEqual(minuteOf(Date.now()) - first + 1);
    for (const { child } of workers) child.kill('SIGTERM');
    for (const { end } of workers) expect(await end).toBe(0);
  });

  it('waits for a database that is away, when it starts and later', async () => {
    const world = await aWorld();
    const proxy = await databaseProxy(world.url);
    leftovers.push(() => proxy.close());
    proxy.cut();
    const worker = world.worker({ DATABASE_URL: proxy.url, DATABASE_CONNECT_TIMEOUT_MS: '1000' });
    await says(worker, 'jobs cannot be worked off yet');
    await world.enqueue('quick');
    proxy.mend();
    await eventually(async () => expect(await world.done('quick')).toHaveLength(1));
    proxy.cut();
    await world.enqueue('quick');
    await says(worker, 'the queue of jobs cannot be read');
    proxy.mend();
    await eventually(async () => expect(await world.done('quick')).toHaveLength(2));
    worker.child.kill('SIGTERM');
    expect(await worker.end).toBe(0);
  });
});

describe('charter worker', { concurrent: true }, () => {
  it('does what an API enqueues that does not work itself', async () => {
    const { url, drop } = await createDatabase();
    const db = connect({ url, poolSize: 1, statementTimeoutMs: 60_000 });
    leftovers.push(drop, () => db.destroy());
    const env = { ...testEnvironment(url), JOBS_IN_API: 'false', SIGN_UP_ANSWER: 'private' };
    const api = startProcess(env);
    const { email, username, password } = newPerson();
    const answer = await fetch(`${await api.listening()}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, username, password }),
    });
    expect(answer.status).toBe(202);
    expect(await db('mails')).toEqual([]);
    const worker = startProcess(env, undefined, ['server/cli/main.ts', 'worker']);
    await eventually(async () => expect(await db('mails')).toHaveLength(1));
    worker.child.kill('SIGTERM');
    expect(await worker.end).toBe(0);
    api.child.kill('SIGTERM');
    expect(await api.end).toBe(0);
    expect(api.output()).not.toContain('working off jobs');
  });
});
