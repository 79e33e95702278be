import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { useApp } from '../../kit/app.ts';
import {
  aMember,
  anAdministrator,
  createPerson,
  goodPassword,
  type Person,
} from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { mailsTo, tokenFor } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { aPersonWithTotp, firstStep } from '../../kit/second-factors.ts';

const app = useApp({ TRUST_PROXY: 'loopback' });

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const newerFirefox = firefox.replaceAll('130.0', '131.0');
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';

async function signInFrom({ username }: Person, userAgent: string, address: string) {
  const answer = await app.request('/api/v1/auth/login', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': userAgent,
      'x-forwarded-for': address,
    },
    body: JSON.stringify({ identifier: username, password: goodPassword, delivery: 'tokens' }),
  });
  expect(answer.status).toBe(200);
}

const noticesTo = async ({ email }: Person, about: RegExp) =>
  (await mailsTo(app, email)).filter(({ subject }) => about.test(subject));

const newSignIn = /^A new sign-in/;

describe('a sign-in from a new device', () => {
  it('is told to the owner, but for the first one', async () => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '203.0.113.7');
    expect(await noticesTo(person, newSignIn)).toEqual([]);
    await signInFrom(person, safari, '203.0.113.8');
    const [mail] = await noticesTo(person, newSignIn);
    expect(mail?.text).toContain('Device: Safari on iOS');
    expect(mail?.text).toContain('Signed in from: 203.0.113.8');
    expect(mail?.text).toMatch(/When: \d+ \w+ \d{4} at \d\d:\d\d \(UTC\)/);
  });

  it.each([
    ['another network', firefox, '198.51.100.7', 1],
    ['another browser', safari, '203.0.113.7', 1],
    ['a neighbouring address and a newer browser', newerFirefox, '203.0.113.99', 0],
    ['the same device', firefox, '203.0.113.7', 0],
  ])('is one from %s', async (_, userAgent, address, expected) => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '203.0.113.7');
    await signInFrom(person, userAgent, address);
    await signInFrom(person, userAgent, address);
    expect(await noticesTo(person, newSignIn)).toHaveLength(expected);
  });

  it('takes a /48 of IPv6 for one network, and no IPv4 for IPv6', async () => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '2001:db8:1:2::3');
    await signInFrom(person, firefox, '2001:db8:1:ffff::9');
    expect(await noticesTo(person, newSignIn)).toHaveLength(0);
    await signInFrom(person, firefox, '2001:db8:2::3');
    expect(await noticesTo(person, newSignIn)).toHaveLength(1);
  });

  it('is one from a device that was not seen for 90 days', async () => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '203.0.113.7');
    app.clock.advance({ days: 60 });
    await signInFrom(person, firefox, '203.0.113.7');
    app.clock.advance({ days: 60 });
    await signInFrom(person, firefox, '203.0.113.7');
    expect(await noticesTo(person, newSignIn)).toEqual([]);
    app.clock.advance({ days: 91 });
    await signInFrom(person, firefox, '203.0.113.7');
    expect(await noticesTo(person, newSignIn)).toHaveLength(1);
  });

  it('is forgotten after that', async () => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '203.0.113.7');
    const known = () => app.db('knownDevices').where({ userId: person.id });
    await app.runScheduled('devices.forget');
    expect(await known()).toHaveLength(2);
    app.clock.advance({ days: 91 });
    await app.runScheduled('devices.forget');
    expect(await known()).toEqual([]);
  });

  it('is told once, however many come at once', async () => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '203.0.113.7');
    await Promise.all([1, 2, 3].map(() => signInFrom(person, safari, '203.0.113.7')));
    expect(await noticesTo(person, newSignIn)).toHaveLength(1);
  });

  it('remembers nothing of who was there before the owner of the mailbox', async () => {
    const person = await createPerson(app);
    await signInFrom(person, firefox, '203.0.113.7');
    await unwrap(app.client().magicLink.request({ body: { email: person.email } }));
    const body = { token: await tokenFor(app, person.email), delivery: 'tokens' } as const;
    await unwrap(app.client().magicLink.confirm({ body }));
    const rows = await app.db('knownDevices').where({ userId: person.id });
    expect(rows.map(({ signal }) => signal)).not.toContain('Firefox on Linux');
  });
});

describe('a changed password', () => {
  const changed = /^Your password for Charter was changed/;
  const newPassword = 'a quiet river at dawn';

  it('is told, whoever changed it', async () => {
    const person = await aMember(app);
    const body = { currentPassword: person.password, newPassword };
    await unwrap(person.client.me.changePassword({ body }));
    const [mail, ...more] = await noticesTo(person, changed);
    expect(mail?.text).toContain('ask for a new password on the sign-in page');
    expect(mail?.text).not.toMatch(/https?:/);
    expect(more).toEqual([]);
  });

  it('is not told where a link in a mail proved the address by it', async () => {
    const person = await createPerson(app);
    const reset = async (password: string) => {
      await unwrap(app.client().passwordReset.request({ body: { email: person.email } }));
      const token = await tokenFor(app, person.email);
      await unwrap(app.client().passwordReset.confirm({ body: { token, newPassword: password } }));
    };
    await reset(newPassword);
    expect(await noticesTo(person, changed)).toEqual([]);
    app.clock.advance({ minutes: 5 });
    await reset('another quiet river');
    expect(await noticesTo(person, changed)).toHaveLength(1);
  });
});

describe('wrong codes of a second factor', () => {
  it('are told once they make somebody wait, and once an hour then', async () => {
    const person = await aPersonWithTotp(app);
    const told = () => noticesTo(person, /^Wrong codes for your account/);
    const guess = async () => {
      const body = { token: await firstStep(app, person), totp: '000000' };
      expect(await app.client().auth.proveSecondFactor({ body })).toMatchObject({ status: 401 });
    };
    // What follows begins when an hour has begun.
    app.clock.advance({ minutes: 61 - app.clock.now().getUTCMinutes() });
    for (let wrong = 0; wrong < 4; wrong += 1) await guess();
    expect(await told()).toEqual([]);
    await guess();
    await guess();
    expect(await told()).toHaveLength(1);
    app.clock.advance({ minutes: 1 });
    await guess();
    const [mail, ...more] = await told();
    expect(more).toEqual([]);
    expect(mail?.text).not.toMatch(/https?:/);
    app.clock.advance({ minutes: 59 });
    await guess();
    expect(await told()).toHaveLength(2);
  });
});

it('a session that ends because its refresh token was used twice is told', async () => {
  const person = await aMember(app);
  const body = { refreshToken: person.tokens().refreshToken };
  await unwrap(app.client().auth.refresh({ body }));
  app.clock.advance({ minutes: 1 });
  expect(await app.client().auth.refresh({ body })).toMatchObject({ status: 401 });
  expect(await noticesTo(person, /^We ended a session/)).toHaveLength(1);
});

describe('a new API key', () => {
  const made = /^Your account at Charter has a new API key/;

  async function anOwner() {
    const { userId, headers } = await quickSession(app, { permissions: ['users:read'] });
    const { email } = await User.query(app.db).findById(userId).throwIfNotFound();
    const { apiKeys } = app.client(sending(headers));
    const told = async () =>
      (await mailsTo(app, email)).filter(({ subject }) => made.test(subject));
    return { userId, apiKeys, told };
  }

  it('is told to its owner, with what it may do, and never the key', async () => {
    const { apiKeys, told } = await anOwner();
    const body = { name: 'Nightly report', scopes: ['users:read' as const], expiresInDays: 1 };
    const { key } = await unwrap(apiKeys.create({ body }));
    const [mail, ...more] = await told();
    expect(mail?.text).toContain('Name: Nightly report\nWhat it may do: users:read\nWorks until: ');
    expect(mail?.text).toContain('revoke it among the API keys of your account');
    expect(mail?.text).not.toMatch(/https?:|charter_/);
    expect(`${mail?.text}${mail?.html}`).not.toContain(key.slice(-49));
    expect(more).toEqual([]);
  });

  it('is told when it takes the place of another', async () => {
    const { apiKeys, told } = await anOwner();
    const { id: keyId } = await unwrap(apiKeys.create({ body: { name: 'x', scopes: [] } }));
    await unwrap(apiKeys.rotate({ keyId, body: {} }));
    expect(await told()).toHaveLength(2);
  });

  it('of a program is told to nobody, and no job fails where all is gone by then', async () => {
    const { apiKeys, told, userId } = await anOwner();
    await unwrap(apiKeys.create({ body: { name: 'x', scopes: [] } }));
    await app.db('apiKeys').where({ userId }).delete();
    expect(await told()).toEqual([]);
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const { serviceAccounts } = app.client(sending(headers));
    const { id: serviceAccountId } = await unwrap(
      serviceAccounts.create({ body: { name: 'report' } }),
    );
    const body = { name: 'x', scopes: [] };
    await unwrap(serviceAccounts.createKey({ serviceAccountId, body }));
    const before = app.mails.length;
    await app.workJobs();
    expect(app.mails).toHaveLength(before);
  });
});

it('an account that is gone, or a session, is told nothing, and no job fails', async () => {
  const person = await createPerson(app);
  await signInFrom(person, firefox, '203.0.113.7');
  await signInFrom(person, safari, '203.0.113.7');
  await Session.query(app.db).delete().where({ userId: person.id });
  const { client } = await anAdministrator(app);
  const other = await aMember(app);
  await unwrap(client.users.remove({ userId: other.id }));
  expect(await mailsTo(app, person.email)).toEqual([]);
  expect(await mailsTo(app, other.email)).toEqual([]);
});
