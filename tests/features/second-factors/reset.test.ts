import { expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { signIn } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { lastMailTo, mailsTo } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { aPersonWithTotp, firstStep } from '../../kit/second-factors.ts';

const app = useApp();

async function aManager(signedInMinutesAgo = 0) {
  const wanted = { permissions: ['users:manage' as const], signedInMinutesAgo };
  const { userId, headers } = await quickSession(app, wanted);
  return { userId, client: app.client(sending(headers)) };
}

it('takes every factor of an account, ends its sessions, and tells its owner', async () => {
  const person = await aPersonWithTotp(app);
  const [token, { client }] = [await firstStep(app, person), await aManager()];
  await unwrap(client.secondFactors.reset({ userId: person.id }));
  expect(await person.client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  for (const factor of [{ totp: person.nextCode() }, { recoveryCode: person.recoveryCodes[0] }]) {
    const answer = await app.client().auth.proveSecondFactor({ body: { token, ...factor } });
    expect(answer).toMatchObject(refusal(401, 'invalid_second_factor'));
  }
  const again = await signIn(app, person);
  expect(await unwrap(again.client.secondFactors.get())).toMatchObject({
    totp: null,
    recoveryCodesLeft: 0,
  });
  expect(await lastMailTo(app, person.email)).toMatchObject({
    subject: 'The second factors of your Charter account were removed',
  });
});

it('does nothing to who has none, and writes to nobody', async () => {
  const { userId } = await quickSession(app);
  const { email } = await app.db('users').where({ id: userId }).first();
  await unwrap((await aManager()).client.secondFactors.reset({ userId }));
  expect(await mailsTo(app, email)).toEqual([]);
});

it('takes a recent sign-in', async () => {
  const person = await aPersonWithTotp(app);
  const { client } = await aManager(11);
  const answer = await client.secondFactors.reset({ userId: person.id });
  expect(answer).toMatchObject(refusal(403, 'reauthentication_required'));
});

it('is for others: the own factors are removed one by one', async () => {
  const { userId, client } = await aManager();
  const answer = await client.secondFactors.reset({ userId });
  expect(answer).toMatchObject(refusal(403, 'own_account_protected'));
});
