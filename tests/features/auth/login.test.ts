import { Argon2id } from 'oslo/password';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { hashSecret } from '../../../server/features/sessions/lucia.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { type TestApp, useApp } from '../../kit/app.ts';
import { insertUser } from '../../kit/build.ts';
import { createPerson, type Person } from '../../kit/callers.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';

const app = useApp();

function login(identifier: string, password: string, where: TestApp = app) {
  return where.client().auth.login({ body: { identifier, password, delivery: 'tokens' } });
}

async function getUser({ id }: Person): Promise<User> {
  return User.query(app.db).findById(id).throwIfNotFound();
}

function deactivate({ id }: Person) {
  return User.query(app.db)
    .findById(id)
    .change({ deactivatedAt: app.clock.now() }, app.clock.now());
}

describe('auth.login', () => {
  it('takes the e-mail address or the username, in any spelling', async () => {
    const { email, username, password } = await createPerson(app);
    for (const identifier of [
      email,
      email.toUpperCase(),
      username,
      ` ${username.toUpperCase()} `,
    ]) {
      expect(await login(identifier, password)).toMatchObject({ status: 200 });
    }
  });

  it('answers tokens with the session and the account', async () => {
    const person = await createPerson(app);
    const answer = await login(person.username, person.password);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.body).toMatchObject({
      delivery: 'tokens',
      tokenType: 'Bearer',
      expiresInSeconds: 300,
      session: { kind: 'tokens', methods: ['pwd'], createdAt: app.clock.now().toISOString() },
      user: { id: person.id, email: person.email, roles: ['member'] },
    });
  });

  it('answers a cookie without any token in the body', async () => {
    const { username, password } = await createPerson(app);
    const { body } = await app.client().auth.login({
      body: { identifier: username, password, delivery: 'cookie' },
    });
    expect(body).toMatchObject({ delivery: 'cookie', session: { kind: 'cookie' } });
    expect(JSON.stringify(body)).not.toMatch(/token|secret/i);
  });

  it('records when, from where and with what', async () => {
    const person = await createPerson(app);
    const client = app.client(sending({ 'user-agent': 'Browser/1.0' }));
    const { username: identifier, password } = person;
    await unwrap(client.auth.login({ body: { identifier, password, delivery: 'cookie' } }));
    const session = await Session.query(app.db).findOne({ userId: person.id });
    expect(session).toMatchObject({ userAgent: 'Browser/1.0', address: '127.0.0.1' });
    expect((await getUser(person)).lastLoginAt).toEqual(app.clock.now());
  });

  it('stores a hash of the secret only', async () => {
    const person = await createPerson(app);
    const { secret } = await openBrowser(app, person);
    const session = await Session.query(app.db).findOne({ userId: person.id });
    expect(session?.secretHash).toBe(hashSecret(secret));
    expect(JSON.stringify(session)).not.toContain(secret);
  });

  it('writes an outdated hash again', async () => {
    const person = await createPerson(app);
    const passwordHash = await new Argon2id({ memorySize: 8192, iterations: 1 }).hash(
      'old but gold',
    );
    await User.query(app.db).findById(person.id).patch({ passwordHash });
    const { updatedAt } = await getUser(person);
    app.clock.advance({ seconds: 1 });
    await unwrap(login(person.username, 'old but gold'));
    const renewed = await getUser(person);
    expect(renewed.passwordHash).toContain('$m=1024,t=2,p=1$');
    // It is the same password: nobody has changed the account.
    expect(renewed).toMatchObject({ lastLoginAt: app.clock.now(), updatedAt });
    expect(await login(person.username, 'old but gold')).toMatchObject({ status: 200 });
  });

  it('keeps a hash that is up to date', async () => {
    const person = await createPerson(app);
    const { passwordHash } = await getUser(person);
    await unwrap(login(person.username, person.password));
    expect((await getUser(person)).passwordHash).toBe(passwordHash);
  });
});

describe('a failed sign-in', () => {
  it('tells nobody which accounts exist', async () => {
    const person = await createPerson(app);
    const disabled = await createPerson(app);
    await deactivate(disabled);
    const passwordless = await insertUser(app);
    const answers = await Promise.all([
      login(person.username, 'a wrong password'),
      login(person.email, 'a wrong password'),
      login(disabled.username, 'a wrong password'),
      login(passwordless.username, 'a wrong password'),
      login('nobody-of-this-name', 'a wrong password'),
      login('nobody@nowhere.example', 'a wrong password'),
    ]);
    const told = answers.map(({ status, headers, problem }) =>
      JSON.stringify([status, [...headers.keys()], { ...problem, requestId: '' }]),
    );
    expect(answers[0]).toMatchObject(refusal(401, 'invalid_credentials'));
    expect(new Set(told).size).toBe(1);
  });

  it('names a deactivated account only to who knows the password', async () => {
    const person = await createPerson(app);
    await deactivate(person);
    expect(await login(person.username, person.password)).toMatchObject(
      refusal(403, 'account_disabled'),
    );
  });

  it('is all that a removed account gets', async () => {
    const person = await createPerson(app);
    await User.query(app.db).findById(person.id).patch({ deletedAt: app.clock.now() });
    expect(await login(person.username, person.password)).toMatchObject(
      refusal(401, 'invalid_credentials'),
    );
  });

  it('leaves no session and no cookie', async () => {
    const person = await createPerson(app);
    const answer = await login(person.username, 'a wrong password');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await Session.query(app.db).where({ userId: person.id })).toEqual([]);
  });

  it.each([
    ['identifier', { identifier: '' }],
    ['identifier', { identifier: undefined }],
    ['password', { password: '' }],
    ['password', { password: undefined }],
    ['password', { password: 'x'.repeat(129) }],
    ['delivery', { delivery: 'pigeon' }],
  ])('names a malformed %s: %j', async (field, change) => {
    const body = { identifier: 'ada', password: 'x', delivery: 'tokens' as const };
    const answer = await app.client().auth.login({ body: { ...body, ...(change as object) } });
    expect(answer).toMatchObject(invalid(field));
  });
});

describe('a sign-in from another site', () => {
  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('is refused: %j', async (headers) => {
    const { username: identifier, password } = await createPerson(app);
    const client = app.client(sending(headers));
    const answer = await client.auth.login({ body: { identifier, password, delivery: 'cookie' } });
    expect(answer).toMatchObject(refusal(403, 'cross_site_request'));
  });
});

describe('REQUIRE_VERIFIED_EMAIL', () => {
  const strict = useApp({ REQUIRE_VERIFIED_EMAIL: 'true' });

  it('asks for a verified address, but only who knows the password', async () => {
    const { id, username, password } = await createPerson(strict);
    const unverified = await login(username, password, strict);
    const wrong = await login(username, 'a wrong password', strict);
    await User.query(strict.db).findById(id).patch({ emailVerifiedAt: strict.clock.now() });
    const verified = await login(username, password, strict);
    expect(unverified).toMatchObject(refusal(403, 'email_unverified'));
    expect(wrong).toMatchObject(refusal(401, 'invalid_credentials'));
    expect(verified).toMatchObject({ status: 200 });
  });
});
