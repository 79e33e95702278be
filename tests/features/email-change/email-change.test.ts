import { describe, expect, it, onTestFinished } from 'vitest';
import type { Client } from '../../../client/index.ts';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, goodPassword, newPerson, signIn } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { lastMailTo, linkIn, mailsTo, tokenFor } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { startCountedApp } from '../../kit/statements.ts';

const app = useApp();

interface Owner {
  readonly id: string;
  readonly email: string;
  readonly client: Client;
}

/** Somebody signed in, whose address is proven unless it is said otherwise. */
async function anOwner(emailVerifiedAt: Date | null = app.clock.now()): Promise<Owner> {
  const email = anAddress();
  const { userId: id, headers } = await quickSession(app, { account: { email, emailVerifiedAt } });
  return { id, email, client: app.client(sending(headers)) };
}

const anAddress = () => newPerson().email;

async function askFor({ client }: Pick<Owner, 'client'>, email: string) {
  return unwrap(client.emailChange.request({ body: { email } }));
}

const confirm = (token: string) => app.client().emailChange.confirm({ body: { token } });
const revert = (token: string) => app.client().emailChange.revert({ body: { token } });

/** Moves the account; answers the token with which its old address takes it back. */
async function move(owner: Pick<Owner, 'client'>, from: string, to: string): Promise<string> {
  await askFor(owner, to);
  await unwrap(confirm(await tokenFor(app, to)));
  return tokenFor(app, from);
}

async function rowOf({ id }: { id: string }) {
  return User.query(app.db).findById(id).throwIfNotFound();
}

const gone = refusal(410, 'invalid_link');

describe('a change of the e-mail address', () => {
  it('waits for the proof of the new one, ends other sessions, and tells the old one', async () => {
    const person = await createPerson(app);
    const [owner, elsewhere] = [await signIn(app, person), await signIn(app, person)];
    await User.query(app.db).findById(person.id).patch({ emailVerifiedAt: app.clock.now() });
    const email = anAddress();
    await askFor(owner, email);
    const mail = await lastMailTo(app, email);
    expect(mail.text).toContain('http://charter.test/account/confirm-email-change?token=');
    expect(mail.text).toContain('24 hours');
    expect((await rowOf(owner)).email).toBe(owner.email);
    expect(await confirm(await tokenFor(app, email))).toMatchObject({ status: 204 });
    expect(await unwrap(owner.client.me.get())).toMatchObject({ email, isEmailVerified: true });
    expect(await elsewhere.client.me.get()).toMatchObject({ status: 401 });
    const told = await lastMailTo(app, owner.email);
    expect(told.text).toContain('http://charter.test/account/revert-email-change?token=');
    expect(told.text).toContain('3 days');
  });

  it('happens once', async () => {
    const owner = await anOwner();
    const email = anAddress();
    await askFor(owner, email);
    const token = await tokenFor(app, email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(token)));
    expect(tally(answers)).toEqual({ 204: 1, 410: 19 });
    expect(await mailsTo(app, owner.email)).toHaveLength(1);
  });

  it('answers alike for a taken address, whose owner is told', async () => {
    const [owner, other] = [await anOwner(), await createPerson(app)];
    const answers = [await askFor(owner, anAddress()), await askFor(owner, other.email)];
    expect(answers[0]).toEqual(answers[1]);
    const mail = await lastMailTo(app, other.email);
    expect(() => linkIn(mail)).toThrow('There is no link');
    expect(await mailsTo(app, owner.email)).toEqual([]);
  });

  it('asks the database the same, whether the address is taken or not', async () => {
    const counted = await startCountedApp();
    onTestFinished(() => counted.close());
    const { email } = await createPerson(counted);
    const asked = [];
    for (const wanted of [anAddress(), email]) {
      const { headers } = await quickSession(counted);
      const { emailChange } = counted.client(sending(headers));
      const request = () => unwrap(emailChange.request({ body: { email: wanted } }));
      asked.push(await counted.statementsDuring(request));
    }
    expect(asked[0]).toEqual(asked[1]);
  });

  it('is refused when the address was taken meanwhile', async () => {
    const owner = await anOwner();
    const email = anAddress();
    await askFor(owner, email);
    const token = await tokenFor(app, email);
    await createPerson(app, { email });
    expect(await confirm(token)).toMatchObject(refusal(409, 'email_taken'));
  });

  it('writes to one address once in a minute', async () => {
    const owner = await anOwner();
    const email = anAddress();
    for (let time = 0; time < 3; time += 1) await askFor(owner, email);
    expect(await mailsTo(app, email)).toHaveLength(1);
    expect(await confirm(await tokenFor(app, email))).toMatchObject({ status: 204 });
  });

  it.each<[string, (owner: Owner, first: string) => Promise<unknown>]>([
    ['a newer request', (owner) => askFor(owner, anAddress())],
    ['the time', async () => app.clock.advance({ hours: 24 })],
    [
      'an administrator who moves the account',
      async ({ id }) => {
        const manager = await aHolderOf(app, 'users:manage');
        await unwrap(manager.users.update({ userId: id, body: { email: anAddress() } }));
      },
    ],
    [
      'a deactivation',
      async ({ id }) => {
        const manager = await aHolderOf(app, 'users:manage');
        await unwrap(manager.users.deactivate({ userId: id }));
      },
    ],
    [
      'a new password',
      async ({ client }) => {
        const body = { newPassword: 'a quiet river at dawn' };
        await unwrap(client.me.changePassword({ body }));
      },
    ],
    [
      'a new password by mail',
      async ({ email }) => {
        await unwrap(app.client().passwordReset.request({ body: { email } }));
        const body = { token: await tokenFor(app, email), newPassword: 'a quiet river at dawn' };
        await unwrap(app.client().passwordReset.confirm({ body }));
      },
    ],
  ])('is undone by %s', async (_, happen) => {
    const owner = await anOwner();
    const email = anAddress();
    await askFor(owner, email);
    const token = await tokenFor(app, email);
    await happen(owner, email);
    expect(await confirm(token)).toMatchObject(gone);
  });

  it('leaves no way back to an address that nobody had proven', async () => {
    const owner = await anOwner(null);
    const email = anAddress();
    await askFor(owner, email);
    await unwrap(confirm(await tokenFor(app, email)));
    const told = await lastMailTo(app, owner.email);
    expect(() => linkIn(told)).toThrow('There is no link');
  });
});

describe('a change that is taken back', () => {
  it('gives the address back and leaves nobody in', async () => {
    const owner = await signIn(app, await createPerson(app));
    await User.query(app.db).findById(owner.id).patch({ emailVerifiedAt: app.clock.now() });
    const email = anAddress();
    const token = await move(owner, owner.email, email);
    await askFor(owner, anAddress());
    expect(await revert(token)).toMatchObject({ status: 204 });
    expect(await rowOf(owner)).toMatchObject({ email: owner.email, passwordHash: null });
    expect((await rowOf(owner)).emailVerifiedAt).not.toBeNull();
    expect(await owner.client.me.get()).toMatchObject({ status: 401 });
    const login = { identifier: owner.email, password: goodPassword, delivery: 'tokens' } as const;
    expect(await app.client().auth.login({ body: login })).toMatchObject({ status: 401 });
    expect((await lastMailTo(app, email)).subject).toContain('taken back');
    const body = { token: await tokenFor(app, owner.email), newPassword: 'a quiet river at dawn' };
    expect(await app.client().passwordReset.confirm({ body })).toMatchObject({ status: 204 });
  });

  it('is taken back once', async () => {
    const owner = await anOwner();
    const token = await move(owner, owner.email, anAddress());
    const answers = await Promise.all(Array.from({ length: 20 }, () => revert(token)));
    expect(tally(answers)).toEqual({ 204: 1, 410: 19 });
  });

  it('takes what came after it along: no later address undoes it', async () => {
    const owner = await anOwner();
    const [second, third] = [anAddress(), anAddress()];
    const toFirst = await move(owner, owner.email, second);
    const toSecond = await move(owner, second, third);
    expect(await revert(toFirst)).toMatchObject({ status: 204 });
    expect(await revert(toSecond)).toMatchObject(gone);
    expect((await rowOf(owner)).email).toBe(owner.email);
  });

  it('leaves the way back to what came before it', async () => {
    const owner = await anOwner();
    const [second, third] = [anAddress(), anAddress()];
    const toFirst = await move(owner, owner.email, second);
    const toSecond = await move(owner, second, third);
    expect(await revert(toSecond)).toMatchObject({ status: 204 });
    expect((await rowOf(owner)).email).toBe(second);
    expect(await revert(toFirst)).toMatchObject({ status: 204 });
    expect((await rowOf(owner)).email).toBe(owner.email);
  });

  it('outlives what an intruder does: a new password, and links that are withdrawn', async () => {
    const owner = await anOwner();
    const email = anAddress();
    const token = await move(owner, owner.email, email);
    await unwrap(app.client().passwordReset.request({ body: { email } }));
    const body = { token: await tokenFor(app, email), newPassword: 'a quiet river at dawn' };
    await unwrap(app.client().passwordReset.confirm({ body }));
    expect(await revert(token)).toMatchObject({ status: 204 });
  });

  it('finds its address free: until then nobody else gets it, but its own account', async () => {
    const owner = await anOwner();
    const { email } = owner;
    await move(owner, email, anAddress());
    const taken = refusal(409, 'email_taken');
    expect(await app.client().auth.register({ body: { ...newPerson(), email } })).toMatchObject(
      taken,
    );
    const other = await anOwner();
    await askFor(other, email);
    expect(await confirm(await tokenFor(app, email))).toMatchObject(taken);
    await askFor(owner, email);
    expect(await confirm(await tokenFor(app, email))).toMatchObject({ status: 204 });
  });

  it('is refused where the address belongs to somebody all the same', async () => {
    const owner = await anOwner();
    const token = await move(owner, owner.email, anAddress());
    await createPerson(app, { email: owner.email });
    expect(await revert(token)).toMatchObject(refusal(409, 'email_taken'));
  });

  it('is past where an administrator has moved the account since', async () => {
    const owner = await anOwner();
    const token = await move(owner, owner.email, anAddress());
    const email = anAddress();
    const manager = await aHolderOf(app, 'users:manage');
    await unwrap(manager.users.update({ userId: owner.id, body: { email } }));
    expect(await revert(token)).toMatchObject(gone);
    expect((await rowOf(owner)).email).toBe(email);
  });

  it('ends with the time, which sets the address free, too', async () => {
    const owner = await anOwner();
    const token = await move(owner, owner.email, anAddress());
    app.clock.advance({ hours: 72 });
    expect(await revert(token)).toMatchObject(gone);
    const body = { ...newPerson(), email: owner.email };
    expect(await app.client().auth.register({ body })).toMatchObject({ status: 201 });
    app.clock.advance({ hours: 25 });
    await app.runScheduled('email-change.purge');
    const left = { userId: owner.id };
    expect(await app.db('email_changes').where(left)).toEqual([]);
    expect(await app.db('kept_emails').where(left)).toEqual([]);
  });
});

it('the old address is told when an administrator moves an account', async () => {
  const person = await createPerson(app);
  const manager = await aHolderOf(app, 'users:manage');
  await unwrap(manager.users.update({ userId: person.id, body: { fullName: 'Ada' } }));
  expect(await mailsTo(app, person.email)).toEqual([]);
  await unwrap(manager.users.update({ userId: person.id, body: { email: anAddress() } }));
  expect((await lastMailTo(app, person.email)).subject).toContain('another e-mail address');
});
