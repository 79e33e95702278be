import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { leftovers, makeCheckout, npmStart, type Run, runIn } from '../kit/checkout.ts';
import { silentDatabase } from '../kit/fake-database.ts';

/** A stop at any moment of a start ends it in order: nothing is left, and nobody reads a stack. */
async function expectOrder(run: Run, checkout: string, signal: NodeJS.Signals): Promise<void> {
  const end = await run.end;
  // Before its first line can listen, Node ends by the signal, and so does the launcher.
  expect([
    { code: 0, signal: null },
    { code: null, signal },
  ]).toContainEqual({
    code: end.code,
    signal: end.signal,
  });
  expect(end.said).not.toMatch(/\n +at |Error|failed/);
  expect(leftovers(checkout)).toEqual([]);
}

const perRound = { timeout: 60_000 };

describe.runIf(process.platform === 'linux')('a start that is told to stop', () => {
  it.each([0, 100, 300, 700, 1_500])(
    '%i ms after it began to make its database leaves no half one',
    perRound,
    async (delayMs) => {
      const checkout = await makeCheckout();
      const run = runIn(checkout, npmStart);
      await vi.waitFor(() => expect(run.said()).toContain('Preparing PostgreSQL'), {
        timeout: 30_000,
      });
      await pause(delayMs);
      process.kill(-Number(run.child.pid), 'SIGINT');
      await expectOrder(run, checkout, 'SIGINT');
    },
  );

  it('at many moments of a later start ends in order', { timeout: 300_000 }, async () => {
    const checkout = await makeCheckout();
    const first = runIn(checkout, npmStart);
    await vi.waitFor(() => expect(first.said()).toContain('"listening"'), { timeout: 60_000 });
    first.child.kill('SIGTERM');
    await expectOrder(first, checkout, 'SIGTERM');
    for (let delayMs = 0; delayMs <= 2_400; delayMs += 150) {
      const run = runIn(checkout, npmStart);
      await pause(delayMs);
      const signal = delayMs % 300 === 0 ? 'SIGINT' : 'SIGTERM';
      // Both ways in which a signal comes: to the launcher alone, and to the whole group.
      if (delayMs % 200 === 0) run.child.kill(signal);
      else process.kill(-Number(run.child.pid), signal);
      await expectOrder(run, checkout, signal);
    }
  });

  it('is not kept by a database that does not answer', perRound, async () => {
    const checkout = await makeCheckout();
    const env = { DATABASE_URL: `${await silentDatabase()}?connect_timeout=60` };
    const run = runIn(checkout, ['server/main.ts'], { env });
    await vi.waitFor(() => expect(run.said()).toBe(''));
    await pause(700);
    run.child.kill('SIGINT');
    await expectOrder(run, checkout, 'SIGINT');
  });

  it('follows its launcher, which was killed at any moment', { timeout: 120_000 }, async () => {
    const checkout = await makeCheckout();
    for (const delayMs of [50, 200, 400, 800]) {
      const run = runIn(checkout, npmStart);
      await pause(delayMs);
      run.child.kill('SIGKILL');
      await run.end;
      await vi.waitFor(() => expect(leftovers(checkout)).toEqual([]), { timeout: 30_000 });
    }
  });
});
