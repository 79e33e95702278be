import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import type { Changes } from '../../../server/platform/db/app-query.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, createPerson, newPerson, type Person } from '../../kit/callers.ts';
import { mailsTo, tokenFor } from '../../kit/mailbox.ts';
import { aPersonWithTotp } from '../../kit/second-factors.ts';

const app = useApp({ REQUIRE_VERIFIED_EMAIL: 'true' });

async function linkFor({ email }: { email: string }): Promise<string> {
  await unwrap(app.client().magicLink.request({ body: { email } }));
  return tokenFor(app, email);
}

function confirm(token: string, delivery: 'cookie' | 'tokens' = 'tokens') {
  return app.client().magicLink.confirm({ body: { token, delivery } });
}

async function change(person: Person, fields: Changes<User>) {
  await User.query(app.db).findById(person.id).change(fields, app.clock.now());
}

describe('a magic link', () => {
  it('signs in by tokens, and says how in the session', async () => {
    const person = await createPerson(app);
    const answer = await confirm(await linkFor(person));
    expect(answer).toMatchObject({
      status: 200,
      body: { delivery: 'tokens', user: { id: person.id, isEmailVerified: true } },
    });
    const [session] = await app.db('sessions').where({ userId: person.id });
    expect(session).toMatchObject({ methods: ['email'] });
  });

  it('signs a browser in by cookie', async () => {
    const person = await createPerson(app);
    const answer = await confirm(await linkFor(person), 'cookie');
    expect(answer).toMatchObject({ status: 200, body: { delivery: 'cookie' } });
    expect(answer.headers.getSetCookie()).toHaveLength(1);
  });

  it('asks for the second factor of an account that has one', async () => {
    const person = await aPersonWithTotp(app, { emailVerifiedAt: app.clock.now() });
    const token = await linkFor(person);
    const answer = await confirm(token, 'cookie');
    expect(answer).toMatchObject({ status: 202, body: { delivery: 'none' } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await confirm(token)).toMatchObject(refusal(410, 'invalid_link'));
    const pending = answer.body && 'token' in answer.body ? answer.body.token : '';
    const body = { token: pending, totp: person.nextCode() };
    const { session } = await unwrap(app.client().auth.proveSecondFactor({ body }));
    expect(session).toMatchObject({ kind: 'cookie', methods: ['email', 'otp', 'mfa'] });
  });

  it('signs in once', async () => {
    const token = await linkFor(await createPerson(app));
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(token)));
    expect(tally(answers)).toEqual({ 200: 1, 410: 7 });
  });

  it('gives an unproven account to the owner of the mailbox: the password of before is gone', async () => {
    const person = await createPerson(app);
    await confirm(await linkFor(person));
    const { username: identifier, password } = person;
    const body = { identifier, password, delivery: 'tokens' as const };
    expect(await app.client().auth.login({ body })).toMatchObject({ status: 401 });
  });

  it('leaves a proven account as it is', async () => {
    const person = await createPerson(app);
    await change(person, { emailVerifiedAt: app.clock.now() });
    await confirm(await linkFor(person));
    const { username: identifier, password } = person;
    const body = { identifier, password, delivery: 'tokens' as const };
    expect(await app.client().auth.login({ body })).toMatchObject({ status: 200 });
  });

  it('is no way into an account that was deactivated meanwhile', async () => {
    const person = await createPerson(app);
    const token = await linkFor(person);
    await change(person, { deactivatedAt: app.clock.now() });
    expect(await confirm(token)).toMatchObject(refusal(403, 'account_disabled'));
  });

  it('works for ten minutes', async () => {
    const token = await linkFor(await createPerson(app));
    app.clock.advance({ minutes: 10 });
    expect(await confirm(token)).toMatchObject(refusal(410, 'invalid_link'));
  });

  it('does not follow to another address', async () => {
    const person = await createPerson(app);
    const token = await linkFor(person);
    await change(person, { email: newPerson().email });
    expect(await confirm(token)).toMatchObject(refusal(410, 'invalid_link'));
  });

  it('is sent to accounts only', async () => {
    const { email } = newPerson();
    await unwrap(app.client().magicLink.request({ body: { email } }));
    expect(await mailsTo(app, email)).toEqual([]);
  });
});

describe('without MAGIC_LINK', () => {
  const without = useApp({ MAGIC_LINK: 'false' });

  it('is refused, whoever asks', async () => {
    const { email } = await aMember(without);
    const off = refusal(403, 'sign_in_method_off');
    expect(await without.client().magicLink.request({ body: { email } })).toMatchObject(off);
    const body = { token: 'any', delivery: 'tokens' } as const;
    expect(await without.client().magicLink.confirm({ body })).toMatchObject(off);
  });
});
