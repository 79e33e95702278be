import { describe, expect, it } from 'vitest';
import { goodInput } from '../generated/good-input.ts';
import { refusal } from '../kit/answers.ts';
import { noLimits, useApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { createPerson, signIn } from '../kit/callers.ts';
import { operations } from '../kit/operations.ts';
import { quickKey } from '../kit/quick-key.ts';

const app = useApp(noLimits);

/** In this order, on one service: each begins where the one before has left the clock. */
const jumps = [
  ['a minute back, as NTP may do it', { minutes: -1 }],
  ['three hours ahead, as after a machine slept', { hours: 3 }],
  ['three hours back', { hours: -3 }],
  ['two days ahead', { days: 2 }],
  ['two days back', { days: -2 }],
] as const;

/** Once on each side of where the service began. */
const wanted: string[] = [jumps[0][0], jumps[3][0]];

describe.each(jumps)('when the clock of the service jumps %s', (what, jump) => {
  it('what was revoked stays so, whoever signs in anew is let in, and nothing fails', async () => {
    const person = await createPerson(app);
    const before = await signIn(app, person);
    const other = await signIn(app, person);
    const { accessToken } = before.tokens();
    expect(await before.client.auth.logout()).toMatchObject({ status: 204 });

    app.clock.advance(jump);

    const revoked = { headers: { Authorization: `Bearer ${accessToken}` } };
    expect(await app.request('/api/v1/me', revoked)).toMatchObject({ status: 401 });
    // Known still, or asked to sign in again: never an error.
    expect([200, 401]).toContain((await other.client.me.get()).status);
    const after = await signIn(app, person);
    expect(await after.client.me.get()).toMatchObject({ status: 200, body: { id: person.id } });
    expect(await after.client.auth.logout()).toMatchObject({ status: 204 });
    expect(await after.client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it.runIf(wanted.includes(what))('no operation answers that the mistake is ours', async () => {
    const failed: string[] = [];
    for (const operation of operations) {
      const { headers } = await quickKey(app, { roles: ['admin'] });
      const { status } = await ask(app, operation, { ...goodInput(operation), headers });
      if (status >= 500) failed.push(`${operation.name}: ${status}`);
    }
    expect(failed).toEqual([]);
  });
});
