import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { secondsAfter } from '../../../server/platform/clock.ts';
import { type JobRun, job, onSchedule, works } from '../../../server/platform/jobs/job.ts';
import { findCall, runInCall } from '../../../server/platform/observability/call-context.ts';
import { type Bench, bossBench, memoryBench } from './queues.ts';

type Data = { readonly who: string };
type Run = JobRun<Data>;

const greet = job('test.greet', z.object({ who: z.string() }), { attempts: 3 });
const sweep = job('test.sweep', z.object({}).strict());

/** What both kinds of queue promise, and whoever writes a third. */
describe.each([
  ['in memory', memoryBench],
  ['of pg-boss', bossBench],
] as const)('the queue %s', (_kind, open) => {
  let bench: Bench;
  let done: Run[];
  let perform: (run: Run) => Promise<void>;

  beforeAll(async () => {
    bench = await open([
      works(greet, (run) => perform(run)),
      onSchedule(sweep, '17 3 * * *', async () => {}),
    ]);
  });
  afterAll(() => bench.close());

  /** What is done is written down, after whatever the test wants to happen. */
  function performing(first: (run: Run) => void = () => {}): void {
    done = [];
    perform = async (run) => {
      first(run);
      done.push(run);
    };
  }

  const enqueue = (who: string, after?: Date) =>
    bench.change((tx) => bench.queue.enqueue(tx, greet, { who }, after && { after }));
  const names = () => done.map(({ data }) => data.who);

  it('does what was enqueued by a change that commits, once', async () => {
    performing();
    await enqueue('Ada');
    await bench.queue.workOff();
    await bench.queue.workOff();
    expect(done).toMatchObject([{ data: { who: 'Ada' }, attempt: 1 }]);
  });

  it('never had what was enqueued by a change that rolls back', async () => {
    performing();
    const change = bench.change(async (tx) => {
      await bench.queue.enqueue(tx, greet, { who: 'Nobody' });
      throw new Error('rolled back');
    });
    await expect(change).rejects.toThrow('rolled back');
    await bench.queue.workOff();
    expect(names()).toEqual([]);
    expect(await bench.queue.state()).toMatchObject({ waiting: 0 });
  });

  it('takes only data of the shape that the job declares', async () => {
    const change = bench.change((tx) =>
      bench.queue.enqueue(tx, greet, { who: 7 } as unknown as Data),
    );
    await expect(change).rejects.toThrow(z.ZodError);
  });

  it('tries again what fails, under the same id', async () => {
    performing(({ attempt }) => {
      if (attempt === 1) throw new Error('not yet');
    });
    const ids = new Set<string>();
    const second = perform;
    perform = (run) => {
      ids.add(run.id);
      return second(run);
    };
    await enqueue('Grace');
    await bench.queue.workOff();
    await bench.pass(3_600);
    await bench.queue.workOff();
    expect(done).toMatchObject([{ data: { who: 'Grace' }, attempt: 2 }]);
    expect(ids.size).toBe(1);
  });

  it('gives up after as many attempts as the job may have, and keeps it', async () => {
    const attempts: number[] = [];
    performing(({ attempt }) => {
      attempts.push(attempt);
      throw new Error('never');
    });
    const { dead } = await bench.queue.state();
    await enqueue('Hopeless');
    for (let round = 0; round < 4; round += 1) {
      await bench.queue.workOff();
      await bench.pass(3_600);
    }
    expect(attempts).toEqual([1, 2, 3]);
    expect(await bench.queue.state()).toMatchObject({ dead: dead + 1, waiting: 0 });
  });

  it('waits until the instant that was named', async () => {
    performing();
    await enqueue('Later', secondsAfter(bench.now(), 3_600));
    await bench.queue.workOff();
    expect(names()).toEqual([]);
    await bench.pass(3_700);
    await bench.queue.workOff();
    expect(names()).toEqual(['Later']);
  });

  it('runs under the id of the request that enqueued it', async () => {
    let seen: unknown;
    performing(() => {
      seen = findCall();
    });
    const call = { origin: 'http', id: 'request-1', address: '', userAgent: null } as const;
    await runInCall({ ...call, span: undefined }, () => enqueue('Linus'));
    await bench.queue.workOff();
    expect(seen).toMatchObject({ origin: 'job', id: 'request-1', task: 'test.greet' });
  });

  // The last one: it closes the queue.
  it('tells an attempt in flight that the process stops, and hands the job back', async () => {
    const begun = Promise.withResolvers<void>();
    let isTold = false;
    done = [];
    perform = async ({ signal }) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      isTold = true;
      throw signal.reason;
    };
    await enqueue('Unfinished');
    const working = bench.queue.workOff();
    await begun.promise;
    await bench.queue.close();
    await working;
    expect(isTold).toBe(true);
    expect(await bench.queue.state()).toMatchObject({ waiting: 1 });
  });
});
