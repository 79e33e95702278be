import { expect, it } from 'vitest';
import { probeJobs } from '../../../server/features/health/probes.ts';
import type { Queue, QueueState } from '../../../server/platform/jobs/queue.ts';

const calm = { waiting: 3, oldestWaitingSeconds: 299, dead: 0 };

/** A queue that is asked for its state alone. */
function probe(state: () => Promise<QueueState>) {
  return probeJobs({ state } as Queue);
}

it('is healthy while jobs are worked off', async () => {
  expect(await probe(async () => calm)).toMatchObject({ ...calm, status: 'healthy', warnings: [] });
});

it.each([
  ['jobs have failed for good', { ...calm, dead: 1 }, /failed for good/],
  ['nobody works them off', { ...calm, oldestWaitingSeconds: 301 }, /charter worker/],
])('is degraded when %s', async (_why, state, warning) => {
  expect(await probe(async () => state)).toMatchObject({
    ...state,
    status: 'degraded',
    warnings: [expect.stringMatching(warning)],
  });
});

it('is degraded when the queue cannot be read', async () => {
  const component = await probe(() => Promise.reject(new Error('away')));
  expect(component).toMatchObject({ status: 'degraded', warnings: ['The queue cannot be read.'] });
});
