import { describe, expect, it } from 'vitest';
import { HashQueue } from '../../../server/features/passwords/hash-queue.ts';
import { eventually } from '../../kit/eventually.ts';

/** Work that ends when the test says so. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const task = { isStarted: false, end: resolve, fail: reject };
  return Object.assign(task, {
    run: () => {
      task.isStarted = true;
      return promise;
    },
  });
}

const busy = { code: 'service_unavailable', retryAfterSeconds: 2 };

describe('the queue of hashes', () => {
  it('runs only so many at once, in the order they came', async () => {
    const queue = new HashQueue({ atOnce: 2 });
    const tasks = [work(), work(), work(), work()] as const;
    const runs = tasks.map((task) => queue.run(task.run));
    const started = () => tasks.filter(({ isStarted }) => isStarted).length;
    await eventually(() => expect(started()).toBe(2));
    tasks[1].end('second');
    await eventually(() => expect(started()).toBe(3));
    expect(tasks[3].isStarted).toBe(false);
    for (const task of tasks) task.end('done');
    expect(await Promise.all(runs)).toEqual(['done', 'second', 'done', 'done']);
  });

  it('passes on what a hash throws, and gives its place free', async () => {
    const queue = new HashQueue({ atOnce: 1, maxWaiting: 0 });
    await expect(queue.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow(
      'no memory',
    );
    expect(await queue.run(async () => 'next')).toBe('next');
  });

  it('refuses at once when it is full', async () => {
    const queue = new HashQueue({ atOnce: 1, maxWaiting: 1 });
    const [first, second] = [work(), work()];
    const runs = [queue.run(first.run), queue.run(second.run)];
    await expect(queue.run(work().run)).rejects.toMatchObject(busy);
    first.end('');
    second.end('');
    await Promise.all(runs);
  });

  it('refuses who waited too long, and never starts their work', async () => {
    const queue = new HashQueue({ atOnce: 1, maxWaitMs: 1 });
    const [first, second] = [work(), work()];
    const running = queue.run(first.run);
    await expect(queue.run(second.run)).rejects.toMatchObject(busy);
    first.end('done');
    expect(await running).toBe('done');
    expect(second.isStarted).toBe(false);
    expect(await queue.run(async () => 'next')).toBe('next');
  });
});
