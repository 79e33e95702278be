import { expect, it } from 'vitest';
import { probeJobs, probeWebhooks } from '../../../server/features/health/probes.ts';
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

const backlog = { waiting: 2, oldestWaitingSeconds: 1, paused: 0 };

it.each([
  ['healthy while webhooks are told', backlog, 'healthy', []],
  [
    'healthy where a receiver is away',
    { ...backlog, paused: 1 },
    'healthy',
    [/1 webhooks were paused/],
  ],
  [
    'degraded when nobody tells them',
    { ...backlog, oldestWaitingSeconds: 301 },
    'degraded',
    [/worker/],
  ],
])('is %s', async (_how, state, status, warnings) => {
  const expected = warnings.map((warning) => expect.stringMatching(warning));
  expect(await probeWebhooks(async () => state)).toMatchObject({
    ...state,
    status,
    warnings: expected,
  });
});

it('is degraded when what waits for webhooks cannot be read', async () => {
  const component = await probeWebhooks(() => Promise.reject(new Error('away')));
  expect(component).toMatchObject({ status: 'degraded' });
});
