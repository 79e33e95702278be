import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, hashOf, signIn } from '../../kit/callers.ts';
import { collide, writesTo } from '../../kit/collide.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { aPersonWithTotp, firstStep } from '../../kit/second-factors.ts';

const app = useApp();

const tooLongAgo = refusal(403, 'reauthentication_required');

describe('auth.reauthenticate', () => {
  it('makes a sign-in recent by the password, with new tokens', async () => {
    const person = await createPerson(app);
    const { client, tokens } = await signIn(app, person);
    const before = tokens();
    app.clock.advance({ minutes: 11 });
    expect(await client.secondFactors.enrol()).toMatchObject(tooLongAgo);
    const { password } = person;
    const answer = await client.auth.reauthenticate({ body: { password } });
    expect(answer).toMatchObject({
      status: 200,
      body: { delivery: 'tokens', session: { authenticatedAt: app.clock.now().toISOString() } },
    });
    expect(tokens().refreshToken).not.toBe(before.refreshToken);
    expect(await client.secondFactors.enrol()).toMatchObject({ status: 200 });
    // The older refresh token is one that was used.
    app.clock.advance({ minutes: 1 });
    const body = { refreshToken: before.refreshToken };
    expect(await app.client().auth.refresh({ body })).toMatchObject(
      refusal(401, 'invalid_refresh_token'),
    );
  });

  it('gives a browser a new cookie, and the older one is nothing', async () => {
    const person = await createPerson(app);
    const { client, cookie } = await openBrowser(app, person);
    const answer = await client.auth.reauthenticate({ body: { password: person.password } });
    expect(answer).toMatchObject({ status: 200, body: { delivery: 'cookie' } });
    const [renewed = ''] = answer.headers.getSetCookie().join().split(';');
    expect(renewed).not.toBe(cookie);
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
    const next = app.client(sending({ cookie: renewed, origin: app.config.http.publicUrl }));
    expect(await next.me.get()).toMatchObject({ status: 200 });
  });

  it('takes a wrong password for a guess', async () => {
    const person = await createPerson(app);
    const { client } = await signIn(app, person);
    const give = (password: string) => client.auth.reauthenticate({ body: { password } });
    expect(await give('wrong')).toMatchObject(invalid('password', 'wrong_password'));
    expect(await app.db('auditEntries').where({ targetId: person.id })).toContainEqual(
      expect.objectContaining({ operation: 'authReauthenticate', reason: 'wrong_password' }),
    );
    // Twenty are free where the account has signed in before.
    for (let at = 0; at < 19; at += 1) await give('wrong');
    expect(await give(person.password)).toMatchObject(invalid('password', 'wrong_password'));
  });

  it('takes the factor, and not the password, of who has one', async () => {
    const person = await aPersonWithTotp(app);
    const { client, password } = person;
    app.clock.advance({ minutes: 11 });
    expect(await client.secondFactors.removeTotp()).toMatchObject(tooLongAgo);
    expect(await client.auth.reauthenticate({ body: { password } })).toMatchObject(
      refusal(403, 'second_factor_required'),
    );
    const totp = person.nextCode();
    const { session } = await unwrap(client.auth.reauthenticate({ body: { totp } }));
    expect(session.methods).toEqual(['pwd', 'otp']);
    const again = await client.auth.reauthenticate({ body: { totp } });
    expect(again).toMatchObject(invalid('totp', 'wrong_code'));
    const [recoveryCode = ''] = person.recoveryCodes;
    const body = { recoveryCode };
    expect(await client.auth.reauthenticate({ body })).toMatchObject({ status: 200 });
    expect(await client.auth.reauthenticate({ body })).toMatchObject(
      invalid('recoveryCode', 'wrong_code'),
    );
    expect(await client.secondFactors.removeTotp()).toMatchObject({ status: 204 });
  });

  it('counts wrong codes as those of a sign-in', async () => {
    const person = await aPersonWithTotp(app);
    const wrong = { body: { totp: '000000' } };
    for (let at = 0; at < 5; at += 1) await person.client.auth.reauthenticate(wrong);
    const token = await firstStep(app, person);
    const totp = person.nextCode();
    app.clock.advance({ seconds: -29.5 });
    const body = { token, totp };
    expect(await app.client().auth.proveSecondFactor({ body })).toMatchObject(
      refusal(401, 'invalid_second_factor'),
    );
    app.clock.advance({ seconds: 30 });
  });

  it('is void when the password changes meanwhile', async () => {
    const person = await createPerson(app);
    const { client } = await signIn(app, person);
    const passwordHash = await hashOf('quite another passphrase');
    const [answer] = await collide(
      app,
      async (trx) => {
        await trx('users').where({ id: person.id }).update({ passwordHash });
        await writesTo('sessions')(trx);
      },
      [() => client.auth.reauthenticate({ body: { password: person.password } })],
    );
    expect(answer).toMatchObject(tooLongAgo);
  });
});
