import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import type { Changes } from '../../../server/platform/db/app-query.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertUser } from '../../kit/build.ts';
import { aMember, createPerson, newPerson, type Person } from '../../kit/callers.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { lastMailTo, linkIn, mailsTo, tokenFor } from '../../kit/mailbox.ts';

const app = useApp();
const newPassword = 'a quiet river at dawn';

async function askFor({ email }: { email: string }) {
  await unwrap(app.client().passwordReset.request({ body: { email } }));
}

function confirm(token: string, password = newPassword) {
  return app.client().passwordReset.confirm({ body: { token, newPassword: password } });
}

function logIn({ username }: Person, password: string) {
  return app.client().auth.login({
    body: { identifier: username, password, delivery: 'tokens' },
  });
}

async function change(person: Person, fields: Changes<User>) {
  await User.query(app.db).findById(person.id).change(fields, app.clock.now());
}

describe('a forgotten password', () => {
  it('is replaced by the link in a mail, which ends every session', async () => {
    const person = await aMember(app);
    await askFor(person);
    const mail = await lastMailTo(app, person.email);
    expect(mail.text).toContain('http://charter.test/account/reset-password?token=');
    expect(mail.text).toContain('10 minutes');
    expect(await confirm(await tokenFor(app, person.email))).toMatchObject({ status: 204 });
    expect(await person.client.me.get()).toMatchObject({ status: 401 });
    expect(await logIn(person, person.password)).toMatchObject({ status: 401 });
    expect(await logIn(person, newPassword)).toMatchObject({
      body: { user: { isEmailVerified: true } },
    });
  });

  it('is replaced once', async () => {
    const person = await createPerson(app);
    await askFor(person);
    const token = await tokenFor(app, person.email);
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(token)));
    expect(tally(answers)).toEqual({ 204: 1, 410: 7 });
  });

  it('stays when the new one is not good enough, and the link still works', async () => {
    const person = await createPerson(app);
    await askFor(person);
    const token = await tokenFor(app, person.email);
    expect(await confirm(token, person.username)).toMatchObject(invalid('newPassword', 'own_name'));
    expect(await confirm(token)).toMatchObject({ status: 204 });
  });

  it('unlocks an account that was guessed at', async () => {
    const person = await createPerson(app);
    for (let guess = 0; guess < 6; guess += 1) await logIn(person, 'a wrong password');
    expect(await logIn(person, person.password)).toMatchObject({ status: 401 });
    await askFor(person);
    await confirm(await tokenFor(app, person.email));
    expect(await logIn(person, newPassword)).toMatchObject({ status: 200 });
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ['is used up by the time', async () => app.clock.advance({ minutes: 10 })],
    ['does not outlive its account', (person) => change(person, { deletedAt: app.clock.now() })],
    [
      'is no way into a deactivated account',
      (person) => change(person, { deactivatedAt: app.clock.now() }),
    ],
    ['does not follow to another address', (person) => change(person, newAddress())],
    [
      'is replaced by the next one',
      async (person) => {
        app.clock.advance({ minutes: 1 });
        await askFor(person);
        await app.workJobs();
      },
    ],
  ])('%s', async (_, happen) => {
    const person = await createPerson(app);
    await askFor(person);
    const token = await tokenFor(app, person.email);
    await happen(person);
    expect(await confirm(token)).toMatchObject(refusal(410, 'invalid_link'));
  });
});

const newAddress = () => ({ email: newPerson().email });

describe('passwordReset.request', () => {
  it('answers alike for every address, and writes to active accounts only', async () => {
    const active = await createPerson(app);
    const off = await createPerson(app);
    await change(off, { deactivatedAt: app.clock.now() });
    const answers = [];
    for (const { email } of [active, off, newPerson()]) {
      answers.push(await unwrap(app.client().passwordReset.request({ body: { email } })));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await mailsTo(app, active.email)).toHaveLength(1);
    expect(await mailsTo(app, off.email)).toEqual([]);
  });

  it('floods no mailbox', async () => {
    const person = await createPerson(app);
    for (let time = 0; time < 3; time += 1) await askFor(person);
    expect(await mailsTo(app, person.email)).toHaveLength(1);
  });

  it('keeps the address out of what is stored in the clear', async () => {
    const { email } = newPerson();
    await askFor({ email });
    const entries = await app.db('auditEntries').where({ operation: 'passwordResetRequest' });
    expect(JSON.stringify(entries)).not.toContain(email);
    expect(JSON.stringify(app.logs)).not.toContain(email);
  });
});

describe('passwordReset.send', () => {
  it('writes to the account, whose password stays until the link is used', async () => {
    const person = await createPerson(app);
    const manager = await aHolderOf(app, 'users:manage');
    await unwrap(manager.passwordReset.send({ userId: person.id }));
    const mail = await lastMailTo(app, person.email);
    expect(mail.text).toContain('24 hours');
    expect(await logIn(person, person.password)).toMatchObject({ status: 200 });
    expect(await confirm(await tokenFor(app, person.email))).toMatchObject({ status: 204 });
    expect(await logIn(person, newPassword)).toMatchObject({ status: 200 });
  });

  it('is the way in for an account without a password, once', async () => {
    const { id: userId, email } = await insertUser(app);
    const manager = await aHolderOf(app, 'users:manage');
    for (let time = 0; time < 2; time += 1) await unwrap(manager.passwordReset.send({ userId }));
    const [first, second] = (await mailsTo(app, email)).map(linkIn);
    const tokenOf = (link: URL | undefined) => link?.searchParams.get('token') ?? '';
    expect(await confirm(tokenOf(first))).toMatchObject(refusal(410, 'invalid_link'));
    expect(await confirm(tokenOf(second))).toMatchObject({ status: 204 });
  });

  it('is on its way when an account is created without a password, unless somebody says otherwise', async () => {
    const { users } = await aHolderOf(app, 'users:manage');
    const create = async (fields: { password?: string; sendPasswordLink?: boolean }) => {
      const { email, username } = newPerson();
      await unwrap(users.create({ body: { email, username, ...fields } }));
      return { email, username, mails: await mailsTo(app, email) };
    };
    const password = newPassword;
    expect((await create({ password })).mails).toEqual([]);
    expect((await create({ sendPasswordLink: false })).mails).toEqual([]);
    expect((await create({ password, sendPasswordLink: true })).mails).toHaveLength(1);
    const { username: identifier, mails } = await create({});
    expect(mails).toMatchObject([{ subject: 'Set a password for Charter' }]);
    const token = mails.map(linkIn)[0]?.searchParams.get('token') ?? '';
    expect(await confirm(token)).toMatchObject({ status: 204 });
    const body = { identifier, password: newPassword, delivery: 'tokens' } as const;
    expect(await app.client().auth.login({ body })).toMatchObject({ status: 200 });
  });

  it('writes to nobody who could not sign in', async () => {
    const { id: userId, email } = await insertUser(app, { deactivatedAt: app.clock.now() });
    const manager = await aHolderOf(app, 'users:manage');
    expect(await manager.passwordReset.send({ userId })).toMatchObject(
      refusal(409, 'account_inactive'),
    );
    expect(await mailsTo(app, email)).toEqual([]);
  });
});
