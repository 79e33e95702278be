import { expect, it } from 'vitest';
import { failingSignIns, mostFailing } from '../../../server/features/auth/failing.ts';
import { probeSignIns } from '../../../server/features/health/probes.ts';
import { secondsAfter } from '../../../server/platform/clock.ts';
import { useApp } from '../../kit/app.ts';

const app = useApp();

/** What some attempts left: whether they have to wait, and since when. */
function leave(keys: readonly string[], { agoSeconds = 0, isHeldBack = false, failures = 5 } = {}) {
  const updatedAt = secondsAfter(app.clock.now(), -agoSeconds);
  const blockedUntil = isHeldBack ? secondsAfter(updatedAt, 15 * 60) : null;
  const rows = keys.map((key) => ({ key, failures, updatedAt, blockedUntil }));
  return app.db('signInAttempts').insert(rows);
}

function probe() {
  return probeSignIns(() => failingSignIns(app.db, app.clock));
}

it('counts accounts that failed of late, and those that have to wait', async () => {
  await leave(['account:a', 'device:b:network']);
  await leave(['account:c', 'factor:d'], { isHeldBack: true, agoSeconds: 14 * 60 });
  await leave(['account:long-ago'], { isHeldBack: true, agoSeconds: 15 * 60 });
  await leave(['account:given-back'], { failures: 0 });
  // An address counts what its accounts count already.
  await leave(['address:network'], { isHeldBack: true });
  expect(await probe()).toMatchObject({ status: 'healthy', warnings: [], failing: 4, heldBack: 2 });
});

it('warns of many, and counts no more than it has to', async () => {
  await leave(Array.from({ length: mostFailing }, (_, number) => `account:${number}`));
  expect(await probe()).toMatchObject({
    ...{ status: 'healthy', failing: mostFailing },
    warnings: [expect.stringMatching(/stolen passwords/)],
  });
});

it('says when it cannot tell', async () => {
  const away = probeSignIns(() => Promise.reject(new Error('away')));
  expect(await away).toMatchObject({ status: 'degraded', failing: 0, heldBack: 0 });
});
