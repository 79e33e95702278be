import { fromKnex, getConstructionPlans, PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pgBoss } from '../../../migrations/0018_jobs.ts';
import { job, onSchedule, works } from '../../../server/platform/jobs/job.ts';
import { purgeDone } from '../../../server/platform/jobs/purge-done.ts';
import { makeQueues } from '../../../server/platform/jobs/stored-jobs.ts';
import { runInCall } from '../../../server/platform/observability/call-context.ts';
import { scrape } from '../../kit/scrape.ts';
import { bossBench } from './queues.ts';

const note = job('test.note', z.object({ text: z.string() }), { attempts: 2 });
/** Nobody here does it. */
const foreign = { ...note, name: 'test.of_another_release' };
const sweep = job('test.sweep', z.object({}).strict());

let bench: Awaited<ReturnType<typeof bossBench>>;
let perform: () => Promise<void> = async () => {};
beforeAll(async () => {
  bench = await bossBench([
    works(note, () => perform()),
    onSchedule(sweep, '17 3 * * *', async () => {}),
  ]);
  await makeQueues(bench.db, [foreign]);
});
afterAll(() => bench.close());

const enqueue = (text = 'something') =>
  bench.change((tx) => bench.queue.enqueue(tx, note, { text }));
/** Leaves a job that nobody takes. */
const leave = (text: string) => bench.change((tx) => bench.queue.enqueue(tx, foreign, { text }));
const rowsOf = ({ name }: { name: string }) => bench.db('pgboss.job').where({ name });
const rows = () => rowsOf(note);

describe('a change that enqueues', () => {
  it('needs no second connection, when all of them wait behind one lock', async () => {
    const { max } = bench.db.client.pool;
    const allHaveOne = Promise.withResolvers<void>();
    let holders = 0;
    const behindOneLock = Array.from({ length: max }, () =>
      bench.change(async (tx) => {
        holders += 1;
        if (holders === max) allHaveOne.resolve();
        await allHaveOne.promise;
        await tx.raw('select pg_advisory_xact_lock(1)');
        await bench.queue.enqueue(tx, note, { text: 'in turn' });
      }),
    );
    await Promise.all(behindOneLock);
    expect(await rows()).toHaveLength(max);
    await rows().delete();
  });

  it('writes the row that pg-boss itself would write', async () => {
    const boss = new PgBoss({ db: fromKnex(bench.db), migrate: false, schedule: false });
    await boss.start();
    await enqueue('compared');
    const [ours] = await rows();
    await boss.send(note.name, ours.data);
    await boss.stop({ close: false });
    const [theirs] = await rows().whereNot({ id: ours.id });
    const own = { id: theirs.id, createdOn: theirs.createdOn, startAfter: theirs.startAfter };
    const keptFor = (row: { keepUntil: Date; startAfter: Date }) =>
      row.keepUntil.getTime() - row.startAfter.getTime();
    expect({ ...ours, ...own, keepUntil: theirs.keepUntil }).toEqual(theirs);
    expect(keptFor(ours)).toBe(keptFor(theirs));
    await rows().delete();
  });
});

describe('pg-boss', () => {
  it('finds the schema that its version asks for', () => {
    const plans = getConstructionPlans('pgboss');
    const lines = (text: string) => text.split('\n').map((line) => line.trim());
    // Without the transaction and the lock around it: migrations have theirs.
    const inside = lines(plans.trim()).slice(4, -1);
    expect(lines(pgBoss.trim())).toEqual(inside);
  });
});

describe('a job', () => {
  it('has a span for each attempt, with a link to the request that enqueued it', async () => {
    perform = async () => {};
    const span = bench.tracer.startSpan('the request');
    const call = { origin: 'http', id: 'request-1', address: '', userAgent: null, span } as const;
    await runInCall(call, () => enqueue());
    span.end();
    await bench.queue.workOff();
    const attempt = bench.spans().find(({ name }) => name === note.name);
    const { traceId, spanId } = span.spanContext();
    expect(attempt?.links).toMatchObject([{ context: { traceId, spanId } }]);
    expect(attempt?.spanContext().traceId).not.toBe(traceId);
  });

  it('that fails is logged under the request that enqueued it', async () => {
    perform = async () => {
      throw new Error('not today');
    };
    const call = { origin: 'http', id: 'request-2', address: '', userAgent: null } as const;
    await runInCall({ ...call, span: undefined }, () => enqueue('secret text'));
    await bench.queue.workOff();
    const lines = bench.logs.filter(({ requestId }) => requestId === 'request-2');
    expect(lines).toMatchObject([
      { level: 'warn', job: note.name, attempt: 1, err: { message: 'not today' } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret text');
    await rows().delete();
  });

  it('that is scheduled keeps its line beside a worker that does not know it, until it is retired', async () => {
    const schedules = () => bench.db('pgboss.schedule').orderBy('name').select('name', 'cron');
    const own = { name: 'jobs.purge', cron: '3 * * * *' };
    const newer = { name: foreign.name, cron: '1 1 * * *' };
    await bench.db('pgboss.schedule').insert(newer);
    const older = await bossBench([], bench.db);
    await older.queue.work();
    await older.queue.close();
    expect(await schedules()).toEqual([own, newer]);
    const newest = await bossBench([], bench.db, [foreign.name, 'never.was']);
    await newest.queue.work();
    await newest.queue.close();
    expect(await schedules()).toEqual([own]);
  });

  it('that was done a day ago is purged; a dead letter is not', async () => {
    const at = (days: number) => bench.db.raw("now() - ? * interval '1 day'", [days]);
    const insert = async (state: string, days: number) => {
      await leave(`${state} ${days}`);
      const row = rowsOf(foreign).where({ state: 'created' });
      await row.update({ state, startedOn: at(days), completedOn: at(days) });
    };
    await insert('completed', 2);
    await insert('completed', 0.5);
    await insert('failed', 2);
    await purgeDone(bench.db).perform({
      id: '',
      data: {},
      attempt: 1,
      signal: new AbortController().signal,
    });
    const left = await rowsOf(foreign).orderBy('id').select('data');
    expect(left.map(({ data }) => data.data.text)).toEqual(['completed 0.5', 'failed 2']);
    await rowsOf(foreign).delete();
  });
});

describe('jobs that wait and fail', () => {
  it('are counted, and so are attempts, in the metrics', async () => {
    perform = async () => {
      throw new Error('broken');
    };
    await enqueue();
    await leave('waits');
    const line = async (...parts: string[]) =>
      (await scrape(bench.telemetry.metricsServer)).find((each) =>
        parts.every((part) => each.includes(part)),
      );
    bench.telemetry.jobs.watch(() => bench.queue.state());
    await bench.queue.workOff();
    await bench.pass(3_600);
    await bench.queue.workOff();
    const attempts = (result: string) =>
      line('charter_job_attempts_total{', 'job_name="test.note"', `result="${result}"`);
    expect(await attempts('failed')).toMatch(/ [1-9]$/);
    expect(await attempts('dead')).toMatch(/ 1$/);
    expect(await line('charter_job_duration_seconds_count', 'result="dead"')).toMatch(/ 1$/);
    expect(await line('charter_jobs_dead ')).toMatch(/ 1$/);
    expect(await line('charter_jobs_waiting ')).toMatch(/ 1$/);
    expect(await line('charter_jobs_oldest_seconds ')).toMatch(/ 3[67]\d\d/);
  });
});
