import { expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, type Person } from '../../kit/callers.ts';
import { tokenFor } from '../../kit/mailbox.ts';
import { signInAs, somebody } from '../../kit/provider-sign-in.ts';
import { aPersonWithTotp, firstStep } from '../../kit/second-factors.ts';

const app = useApp();

function login({ username }: Person, password: string) {
  const body = { identifier: username, password, delivery: 'tokens' as const };
  return app.client().auth.login({ body });
}

/** What the steps of a sign-in ended in, by method and outcome; without what alerts wait for. */
async function counted(): Promise<Record<string, number>> {
  const lines = (await app.scrape()).filter((line) => line.startsWith('charter_sign_ins_total{'));
  const told = lines.map((line) => {
    const { method, outcome, count } =
      /method="(?<method>\w+)",outcome="(?<outcome>\w+)"\} (?<count>\d+)/.exec(line)?.groups ?? {};
    return [`${method} ${outcome}`, Number(count)] as const;
  });
  return Object.fromEntries(told.filter(([, count]) => count > 0));
}

it('counts the steps of sign-ins by method and outcome', async () => {
  const person = await createPerson(app);
  await login(person, person.password);
  await login(person, 'wrong');

  const guessed = await createPerson(app);
  for (let guess = 1; guess <= 5; guess += 1) await login(guessed, 'wrong');
  await login(guessed, guessed.password);

  const resting = await createPerson(app);
  const { clock } = app;
  await User.query(app.db).findById(resting.id).change({ deactivatedAt: clock.now() }, clock.now());
  await login(resting, resting.password);

  const careful = await aPersonWithTotp(app);
  const token = await firstStep(app, careful);
  const second = (totp: string) => app.client().auth.proveSecondFactor({ body: { token, totp } });
  await second('000000');
  await second(careful.nextCode());

  await unwrap(app.client().magicLink.request({ body: { email: person.email } }));
  const link = { token: await tokenFor(app, person.email), delivery: 'tokens' as const };
  for (let use = 1; use <= 2; use += 1) await app.client().magicLink.confirm({ body: link });

  await signInAs(app, somebody());

  expect(await counted()).toEqual({
    // One of them to enrol the factor.
    'password signed_in': 2,
    'password refused': 6,
    'password held_back': 1,
    'password not_admitted': 1,
    'password second_factor_needed': 1,
    'second_factor refused': 1,
    'second_factor signed_in': 1,
    'magic_link signed_in': 1,
    'magic_link refused': 1,
    'provider signed_in': 1,
  });
});
