import { fromKnex, getConstructionPlans, PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pgBoss } from '../../../migrations/0018_jobs.ts';
import { job, onSchedule, works } from '../../../server/platform/jobs/job.ts';
import { scrape } from '../../kit/scrape.ts';
import { bossBench } from './queues.ts';

const note = job('test.note', z.object({ text: z.string() }), { attempts: 2 });
const sweep = job('test.sweep', z.object({}).strict());

let bench: Awaited<ReturnType<typeof bossBench>>;
let perform: () => Promise<void> = async () => {};
beforeAll(async () => {
  bench = await bossBench([
    works(note, () => perform()),
    onSchedule(sweep, '17 3 * * *', async () => {}),
  ]);
});
afterAll(() => bench.close());

const enqueue = (text = 'something') =>
  bench.change((tx) => bench.queue.enqueue(tx, note, { text }));
const rows = () => bench.db('pgboss.job').where({ name: note.name });

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

describe('jobs that wait and fail', () => {
  it('are counted, and so are attempts, in the metrics', async () => {
    perform = async () => {
      throw new Error('broken');
    };
    await enqueue();
    const line = async (...parts: string[]) =>
      (await scrape(bench.telemetry.metricsServer)).find((each) =>
        parts.every((part) => each.includes(part)),
      );
    bench.telemetry.jobs.watch(() => bench.queue.state());
    expect(await line('charter_jobs_waiting ')).toMatch(/ 1$/);
    await bench.queue.workOff();
    await bench.pass(3_600);
    await bench.queue.workOff();
    const attempts = (result: string) =>
      line('charter_job_attempts_total{', 'job="test.note"', `result="${result}"`);
    expect(await attempts('failed')).toMatch(/ 1$/);
    expect(await attempts('dead')).toMatch(/ 1$/);
    expect(await line('charter_job_duration_seconds_count', 'result="dead"')).toMatch(/ 1$/);
    expect(await line('charter_jobs_dead ')).toMatch(/ 1$/);
    expect(await line('charter_jobs_waiting ')).toMatch(/ 0$/);
    expect(await line('charter_jobs_oldest_seconds ')).toMatch(/ 0$/);
  });
});
