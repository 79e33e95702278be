import { describe, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { type TestApp, useApp } from '../../kit/app.ts';
import {
  aMember,
  anAdministrator,
  createPerson,
  goodPassword,
  newPerson,
} from '../../kit/callers.ts';
import { collide, writesTo } from '../../kit/collide.ts';
import { startCountedApp } from '../../kit/statements.ts';

const app = useApp();

function register(fields: object, where: TestApp = app) {
  return where.client().auth.register({ body: { ...newPerson(), ...fields } });
}

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body?: unknown;
  readonly problem?: object;
}

async function registered(fields: object) {
  const body = await unwrap(register(fields));
  if (!('user' in body)) throw new Error('The answer does not tell the account');
  return body.user;
}

describe('auth.register', () => {
  it('creates an active account with the member role and no session', async () => {
    const person = newPerson();
    const user = await registered({ ...person, fullName: 'Ada Lovelace' });
    const { email, username } = person;
    expect(user).toMatchObject({ view: 'full', email, username, fullName: 'Ada Lovelace' });
    expect(user).toMatchObject({ isActive: true, isEmailVerified: false, roles: ['member'] });
    expect(await Session.query(app.db).where({ userId: user.id })).toEqual([]);
  });

  it('gives the account an id that does not tell when', async () => {
    const { id } = await registered({});
    expect(id).toMatch(/^.{14}4/);
  });

  it('stores a hash and answers neither it nor the password', async () => {
    const person = newPerson();
    const user = await registered(person);
    const { passwordHash } = await User.query(app.db).findById(user.id).throwIfNotFound();
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=1024,t=2,p=1\$/);
    expect(JSON.stringify(user)).not.toMatch(/password|argon/i);
  });

  it('lets the new account sign in', async () => {
    const person = newPerson();
    await register(person);
    const { username: identifier, password } = person;
    const answer = await app.client().auth.login({
      body: { identifier, password, delivery: 'tokens' },
    });
    expect(answer.status).toBe(200);
  });

  it('refuses a taken e-mail address, in any spelling', async () => {
    const { email } = await createPerson(app);
    for (const spelling of [email, email.toUpperCase(), ` ${email} `, email.replace('@', '＠')]) {
      expect(await register({ email: spelling })).toMatchObject(refusal(409, 'email_taken'));
    }
  });

  it('refuses a taken username, in any spelling', async () => {
    const { username } = await createPerson(app);
    for (const spelling of [username, username.toUpperCase(), ` ${username} `]) {
      expect(await register({ username: spelling })).toMatchObject(refusal(409, 'username_taken'));
    }
  });

  it('names the e-mail address first when both are taken', async () => {
    const { email, username } = await createPerson(app);
    expect(await register({ email, username })).toMatchObject(refusal(409, 'email_taken'));
  });

  it('lets one of twenty parallel sign-ups for an address win', async () => {
    const { email } = newPerson();
    const answers = await Promise.all(Array.from({ length: 20 }, () => register({ email })));
    expect(tally(answers)).toEqual({ 201: 1, 409: 19 });
    expect(await User.query(app.db).where({ email })).toHaveLength(1);
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a page of another site: %j', async (page) => {
    const answer = await app.request('/api/v1/auth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...page },
      body: JSON.stringify(newPerson()),
    });
    expect(await answer.json()).toMatchObject({ status: 403, code: 'cross_site_request' });
  });
});

describe('what is registered', () => {
  it.each([
    ['trimmed and in lower case', '  Ada.Lovelace@Example.COM ', 'ada.lovelace@example.com'],
    ['compatibility forms folded', 'ａｄａ@example.com', 'ada@example.com'],
    ['an international domain in ASCII', 'ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['a tag kept', 'ada+news@example.com', 'ada+news@example.com'],
  ])('holds the e-mail address %s', async (_, email, stored) => {
    expect((await registered({ email })).email).toBe(stored);
  });

  it.each([
    ['trimmed and in lower case', '  Ada_Lovelace ', 'ada_lovelace'],
    ['compatibility forms folded', 'Ａｄａ-9', 'ada-9'],
  ])('holds the username %s', async (_, username, stored) => {
    expect((await registered({ username })).username).toBe(stored);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a b@example.com',
    'ada@example.com, eve@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('refuses the e-mail address %j', async (email) => {
    expect(await register({ email })).toMatchObject(invalid('email'));
  });

  it.each(['', 'ab', 'a'.repeat(51), 'ada lovelace', 'ada@example.com', 'ädä', 'a/b/c', 'a\nb\nc'])(
    'refuses the malformed username %j',
    async (username) => {
      expect(await register({ username })).toMatchObject(invalid('username'));
    },
  );

  it.each(['admin', 'Root', ' SUPPORT ', 'ｈｅｌｐ', 'null', 'postmaster'])(
    'refuses the reserved username %j',
    async (username) => {
      expect(await register({ username })).toMatchObject(invalid('username'));
    },
  );

  it('holds any Unicode full name, trimmed, and no control characters', async () => {
    const { fullName } = await registered({ fullName: '  Zoë 李 👩🏽‍🚀 ' });
    expect(fullName).toBe('Zoë 李 👩🏽‍🚀');
    expect(await register({ fullName: 'Ada\u0007' })).toMatchObject(invalid('fullName'));
    expect(await register({ fullName: 'a'.repeat(256) })).toMatchObject(invalid('fullName'));
  });

  it('names unknown fields, and never their values', async () => {
    const answer = await register({ isAdministrator: 'my secret wish' });
    expect(answer).toMatchObject(invalid('isAdministrator', 'unknown_field'));
    expect(JSON.stringify(answer.problem)).not.toContain('my secret wish');
  });

  it('never repeats an invalid value', async () => {
    const answer = await register({ email: 'not an address', username: '???', password: 'pa55' });
    expect(answer.problem?.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['email', 'username', 'password']),
    );
    expect(JSON.stringify(answer.problem)).not.toMatch(/not an address|\?\?\?|pa55/);
  });
});

describe('SIGN_UP', () => {
  const closed = useApp({ SIGN_UP: 'closed' });
  const byInvitation = useApp({ SIGN_UP: 'invite' });

  it('closes the sign-up', async () => {
    expect(await register({}, closed)).toMatchObject(refusal(403, 'sign_up_closed'));
  });

  it('admits nobody without an invitation', async () => {
    expect(await register({}, byInvitation)).toMatchObject(refusal(403, 'sign_up_closed'));
  });
});

describe('SIGN_UP_ANSWER=private', () => {
  const discreet = useApp({ SIGN_UP_ANSWER: 'private' });

  function login(identifier: string, password: string) {
    const body = { identifier, password, delivery: 'tokens' } as const;
    return discreet.client().auth.login({ body });
  }

  /** What an answer tells, but for the id of its request and the time. */
  async function told(call: Promise<Told>) {
    const { status, headers, body, problem } = await call;
    const names = [...headers.keys()];
    return JSON.stringify([status, names, body, problem && { ...problem, requestId: '' }]);
  }

  it('answers the same for a free and a taken address or username, and twice', async () => {
    const { email, username } = await createPerson(discreet);
    const again = newPerson();
    const answers = [];
    for (const fields of [{}, { email }, { username }, { email, username }, again, again]) {
      answers.push(await told(register(fields, discreet)));
    }
    expect(answers[0]).toContain('[202,');
    expect(new Set(answers).size).toBe(1);
  });

  it('asks the database the same, whatever is taken', async () => {
    const counted = await startCountedApp({ SIGN_UP_ANSWER: 'private' });
    onTestFinished(() => counted.close());
    const { email, username } = await createPerson(counted);
    await register({}, counted);
    const asked = [];
    for (const fields of [{}, { email }, { username }, { email, username }]) {
      asked.push(await counted.statementsDuring(() => register(fields, counted)));
    }
    expect(asked).toEqual([asked[0], asked[0], asked[0], asked[0]]);
    expect(asked.flat().filter((sql) => sql.includes('users'))).toEqual([]);
  });

  it('makes no account: its password signs nobody in, as if it were nobody', async () => {
    const person = newPerson();
    await register(person, discreet);
    for (const own of [person.email, person.username]) {
      const answers = [
        await told(login(own, person.password)),
        await told(login(own, 'a wrong password')),
        await told(login(newPerson().email, person.password)),
      ];
      expect(answers[0]).toContain('invalid_credentials');
      expect(new Set(answers).size).toBe(1);
    }
    const counted = await discreet.db('signInAttempts').where('key', 'like', 'account:%');
    expect(new Set(counted.map(({ failures }) => failures))).toEqual(new Set([1, 2]));
  });

  it('is found nowhere, and keeps no username from others', async () => {
    const person = newPerson();
    await register(person, discreet);
    const [member, admin] = [await aMember(discreet), await anAdministrator(discreet)];
    for (const { client } of [member, admin]) {
      expect(await unwrap(client.users.list({ search: person.username }))).toMatchObject({
        items: [],
      });
    }
    const { username, email, password } = person;
    expect(await member.client.me.update({ body: { username } })).toMatchObject({ status: 200 });
    const created = await admin.client.users.create({
      body: { email, username: newPerson().username, password },
    });
    expect(created).toMatchObject({ status: 201 });
    expect(await login(email, password)).toMatchObject({ status: 200 });
  });

  it('is written down once for an address, without the password, however many come at once', async () => {
    const { email } = newPerson();
    const calls = Array.from({ length: 8 }, () => () => register({ email }, discreet));
    const answers = await collide(discreet, writesTo('sign_ups'), calls);
    expect(tally(answers)).toEqual({ 202: 8 });
    const rows = await discreet.db('signUps').where({ email });
    expect(rows).toEqual([expect.objectContaining({ passwordHash: expect.any(String) })]);
    expect(JSON.stringify(rows)).not.toContain(goodPassword);
    expect(await User.query(discreet.db).where({ email })).toEqual([]);
  });

  it('is kept for seven days', async () => {
    const { email } = newPerson();
    const isKept = async () => (await discreet.db('signUps').where({ email })).length === 1;
    await register({ email }, discreet);
    discreet.clock.advance({ days: 7 });
    await discreet.runScheduled('sign-ups.purge');
    expect(await isKept()).toBe(true);
    discreet.clock.advance({ seconds: 1 });
    await discreet.runScheduled('sign-ups.purge');
    expect(await isKept()).toBe(false);
  });
});
