import { describe, expect, it } from 'vitest';
import type { Database } from '../../../server/platform/db/connect.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, type Caller, createPerson, goodPassword, signIn } from '../../kit/callers.ts';
import { collide } from '../../kit/collide.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp({ TRUST_PROXY: 'loopback' });
const newPassword = 'quite another passphrase';
const wrong = invalid('currentPassword', 'wrong_password');

function change({ client }: Pick<Caller, 'client'>, body: object) {
  return client.me.changePassword({ body: { newPassword, ...body } });
}

async function statusOf(username: string, password: string): Promise<number> {
  const body = { identifier: username, password, delivery: 'tokens' } as const;
  return (await app.client().auth.login({ body })).status;
}

describe('me.changePassword', () => {
  it('takes the current password; from then on only the new one signs in', async () => {
    const member = await aMember(app);
    const answer = await change(member, { currentPassword: goodPassword });
    expect(answer).toMatchObject({ status: 204 });
    expect(await statusOf(member.username, newPassword)).toBe(200);
    expect(await statusOf(member.username, goodPassword)).toBe(401);
  });

  it('refuses a wrong current password, and changes nothing', async () => {
    const member = await aMember(app);
    expect(await change(member, { currentPassword: 'not the one' })).toMatchObject(wrong);
    expect(await statusOf(member.username, goodPassword)).toBe(200);
  });

  it('needs no current password within ten minutes of the sign-in, and then does', async () => {
    const [early, late] = [await aMember(app), await aMember(app)];
    app.clock.advance({ minutes: 9 });
    expect(await change(early, {})).toMatchObject({ status: 204 });
    app.clock.advance({ minutes: 2 });
    expect(await change(late, {})).toMatchObject(refusal(403, 'reauthentication_required'));
    expect(await change(late, { currentPassword: goodPassword })).toMatchObject({ status: 204 });
  });

  it('ends every other session of the account, and keeps its own', async () => {
    const member = await aMember(app);
    const { client: browser } = await openBrowser(app, member);
    const other = await signIn(app, member);
    expect(await change({ client: browser }, {})).toMatchObject({ status: 204 });
    expect(await browser.me.get()).toMatchObject({ status: 200 });
    for (const { client } of [member, other]) {
      expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
    }
  });

  it('is not survived by a sign-in with the old password that is on its way', async () => {
    const { id, username } = await createPerson(app);
    const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaA';
    const changed = (trx: Database) => trx('users').where({ id }).update({ passwordHash });
    const [status] = await collide(app, changed, [() => statusOf(username, goodPassword)]);
    expect(status).toBe(401);
  });

  it('gives an account its first password after a sign-in without one', async () => {
    const { headers } = await quickSession(app);
    const client = app.client(sending(headers));
    expect(await change({ client }, { currentPassword: 'anything' })).toMatchObject(wrong);
    expect(await change({ client }, {})).toMatchObject({ status: 204 });
  });

  it('holds the new password to the rules', async () => {
    const member = await aMember(app);
    for (const [password, code] of [
      ['password1234', 'too_common'],
      [member.email, 'own_name'],
    ] as const) {
      const answer = await change(member, { newPassword: password });
      expect(answer).toMatchObject(invalid('newPassword', code));
    }
    expect(await change(member, { newPassword: 'short' })).toMatchObject(invalid('newPassword'));
  });

  it('lets a thief of the session guess no faster than a sign-in', async () => {
    const member = await aMember(app);
    const authorization = `Bearer ${member.tokens().accessToken}`;
    const elsewhere = sending({ authorization, 'x-forwarded-for': '198.51.100.7' });
    const thief = { client: app.client(elsewhere) };
    for (let guess = 0; guess < 5; guess += 1) await change(thief, { currentPassword: `${guess}` });
    const right = { currentPassword: goodPassword };
    expect(await change(thief, right)).toMatchObject(wrong);
    expect(await change(member, right)).toMatchObject({ status: 204 });
  });
});
