import { beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { sessionsData } from '../../../server/features/sessions/personal-data.ts';
import { invalid, oauthRefusal, refusal, tally } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { newPerson } from '../../kit/callers.ts';
import { collideIfTheyCan, writesTo } from '../../kit/collide.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import type { FakeProvider, Somebody } from '../../kit/fake-provider.ts';
import { exchange, proveAs, signedInAs, signInAs } from '../../kit/provider-sign-in.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { aPersonWithTotp } from '../../kit/second-factors.ts';

const app = useApp();
const out = refusal(401, 'unauthenticated');
const nobody = oauthRefusal(400, 'invalid_request', 'invalid_logout_token');
const Origin = publicUrl;
let people = 0;

beforeEach(() => {
  const { google } = app.providers;
  Object.assign(google, { failure: undefined, offersLogout: true });
});

/** Somebody with a session at the provider. */
function somebody() {
  people += 1;
  const idToken = `an-id-token-${people}`;
  return { subject: `signed-in-${people}`, sid: `sid-${people}`, idToken, ...newPerson() };
}

async function signedIn(who: Somebody, provider: FakeProvider = app.providers.google) {
  const answer = await signedInAs(app, who, { provider });
  if (answer.delivery !== 'tokens') throw new Error('It is a session by tokens');
  const { accessToken, refreshToken, session, user } = answer;
  return { userId: user.id, sessionId: session.id, refreshToken, ...{ accessToken } };
}

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

const clientOf = ({ accessToken }: Pick<SignedIn, 'accessToken'>) => withToken(app, accessToken);
const isIn = async (one: SignedIn) => (await clientOf(one).me.get()).status === 200;
const kept = ({ sessionId }: SignedIn) => app.db('providerSessions').where({ sessionId });

function tell(of: Pick<Somebody, 'subject' | 'sid'>, provider = app.providers.google) {
  return post(provider.logoutToken(of), provider.name);
}

function post(logout_token: string, provider = 'google') {
  return app.client().oidc.backChannelLogout({ provider, body: { logout_token } });
}

describe('whoever signs out here and at the provider', () => {
  it('is out here, and is told where to go with what shows who they are', async () => {
    const who = somebody();
    const person = await signedIn(who);
    const body = { redirectTo: 'https://app.example.com/signed-out', state: 'orders' };
    const { url } = await unwrap(clientOf(person).oidc.logout({ body }));
    const { origin, searchParams } = new URL(url ?? '');
    expect([origin, Object.fromEntries(searchParams)]).toEqual([
      'https://google.example',
      {
        id_token_hint: who.idToken,
        post_logout_redirect_uri: 'https://app.example.com/signed-out',
        state: 'orders',
      },
    ]);
    expect(await clientOf(person).me.get()).toMatchObject(out);
    const { refreshToken } = person;
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject(refusal(401, 'invalid_refresh_token'));
    expect(await kept(person)).toEqual([]);
    const [session] = await app.db('sessions').where({ id: person.sessionId });
    expect(session).toMatchObject({ revokedReason: 'logout' });
  });

  it('by cookie loses it, and comes back to our own page', async () => {
    const who = somebody();
    const proven = await proveAs(app, who, { delivery: 'cookie', headers: { Origin } });
    const [cookie = ''] = (await exchange(app, proven)).headers.getSetCookie();
    const headers = { Cookie: cookie.split(';', 1).join(), Origin };
    const answer = await app.client(sending(headers)).oidc.logout({ body: {} });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=; .*Max-Age=0/),
    ]);
    const { url } = await unwrap(answer);
    const back = new URL(url ?? '').searchParams.get('post_logout_redirect_uri');
    expect(back).toBe(`${publicUrl}/account/signed-out`);
    const page = await fetch(app.url + new URL(back ?? '').pathname);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('signed out')]);
  });

  it('is out where there is nothing to sign out from, or nobody answers', async () => {
    const { google, acme } = app.providers;
    const { headers } = await quickSession(app);
    const byPassword = app.client(sending(headers));
    expect(await unwrap(byPassword.oidc.logout({ body: {} }))).toEqual({ url: null });
    expect(await byPassword.me.get()).toMatchObject(out);
    const faults: [FakeProvider, object][] = [
      [google, { offersLogout: false }],
      [google, { failure: 'unreachable' }],
      [acme, {}],
    ];
    for (const [provider, fault] of faults) {
      const person = await signedIn(somebody(), provider);
      Object.assign(provider, fault);
      // As one whose provider is configured no more.
      if (provider === acme) await kept(person).update({ provider: 'gone' });
      expect(await unwrap(clientOf(person).oidc.logout({ body: {} }))).toEqual({ url: null });
      expect(await isIn(person)).toBe(false);
      Object.assign(provider, { offersLogout: true, failure: undefined });
    }
  });

  it('is shown no way with a hint that no server would read', async () => {
    const person = await signedIn({ ...somebody(), idToken: 'x'.repeat(6_001) });
    const { url } = await unwrap(clientOf(person).oidc.logout({ body: {} }));
    expect(url).toMatch(/^https:\/\/google\.example\/logout\?post_logout/);
  });

  it.each([
    'https://app.example.com/signed-out?next=1',
    'https://app.example.com/signed-out/',
    'https://app.example.com/signed-in',
    'https://app.example.com@evil.example/signed-out',
    '//app.example.com/signed-out',
    'javascript:alert(1)',
  ])('is not led to %s, and stays in', async (redirectTo) => {
    const { headers } = await quickSession(app);
    const client = app.client(sending(headers));
    const answer = await client.oidc.logout({ body: { redirectTo } });
    expect(answer).toMatchObject(invalid('redirectTo', 'not_listed'));
    expect(await client.me.get()).toMatchObject({ status: 200 });
  });

  it('while acting as somebody else signs out as themselves', async () => {
    const admin = await signedIn(somebody());
    const [role] = await app.db('roles').where({ name: 'admin' });
    await app.db('userRoles').insert({ userId: admin.userId, roleId: role.id });
    const { userId } = await quickSession(app);
    const again = await signedIn({ ...somebody(), subject: `signed-in-${people - 1}` });
    const body = { reason: 'Ticket 4711' };
    const acting = await unwrap(clientOf(again).impersonation.start({ userId, body }));
    const accessToken = 'accessToken' in acting ? acting.accessToken : '';
    const { url } = await unwrap(clientOf({ accessToken }).oidc.logout({ body: {} }));
    expect(url).toContain('id_token_hint=an-id-token');
    expect(await isIn(again)).toBe(false);
  });
});

describe('what is kept of a session at a provider', () => {
  it('can be read by nobody who reads the table, and goes with the session', async () => {
    const who = somebody();
    const [one, other, idle] = [await signedIn(who), await signedIn(who), await signedIn(who)];
    const [row] = await kept(one);
    expect(row).toMatchObject({ provider: 'google', expiresAt: expect.any(Date) });
    const exported = await sessionsData.read?.(app.db, one.userId);
    expect(exported).toMatchObject([one, other, idle].map(() => ({ provider: 'google' })));
    const stored = JSON.stringify(row);
    for (const secret of [who.subject, who.sid, who.idToken]) expect(stored).not.toContain(secret);
    await unwrap(clientOf(one).auth.logout());
    expect(await kept(one)).toEqual([]);
    const past = new Date(app.clock.now().getTime() - 1_000);
    await app.db('sessions').where({ id: idle.sessionId }).update({ idleExpiresAt: past });
    await app.runScheduled('provider-sessions.purge');
    expect([await kept(idle), await kept(other)]).toMatchObject([[], [{ provider: 'google' }]]);
    const third = await signedIn(who);
    await unwrap(clientOf(third).sessions.endOthers());
    expect([await kept(other), await kept(third)]).toMatchObject([[], [{ provider: 'google' }]]);
    await unwrap(clientOf(third).sessions.endAll());
    expect(await kept(third)).toEqual([]);
  });

  it('is nothing where the provider has no such thing as an ID token', async () => {
    const { idToken: _, ...who } = somebody();
    expect(await kept(await signedIn(who))).toEqual([]);
  });
});

describe('a provider that says that a session there has ended', () => {
  it('ends what began from it, and nothing else', async () => {
    const who = somebody();
    const [one, two] = [await signedIn(who), await signedIn(who)];
    const elsewhere = await signedIn({ ...who, sid: 'another browser', email: newPerson().email });
    const stranger = await signedIn(somebody());
    const told = await tell(who);
    expect([told.status, told.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const still = [one, two, elsewhere, stranger].map(isIn);
    expect(await Promise.all(still)).toEqual([false, false, true, true]);
    const { refreshToken } = one;
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject(refusal(401, 'invalid_refresh_token'));
    expect([await kept(one), await kept(elsewhere)]).toMatchObject([[], [{}]]);
  });

  it('is written down by the system, with the reason, and told as an event', async () => {
    const who = somebody();
    const { userId, sessionId } = await signedIn(who);
    await unwrap(tell(who));
    const operation = 'oidcBackChannelLogout';
    const entries = await app.db('auditEntries').where({ operation, targetId: userId });
    expect(entries).toMatchObject([
      {
        ...{ actor: 'system:provider-logout', result: 'done', reason: 'provider_logout' },
        ...{ targetType: 'user', safety: true },
      },
    ]);
    const events = await app.db('events').where({ name: 'session.ended' });
    const data = { userId, sessionId, reason: 'provider_logout' };
    expect(events.map((event) => event.data)).toContainEqual(data);
  });

  it('ends all of a person where it names no session, and no other provider’s', async () => {
    const { sid: _, ...who } = somebody();
    const [one, two] = [await signedIn(who), await signedIn({ ...who, sid: 'any' })];
    const atAcme = await signedIn({ ...somebody(), subject: who.subject }, app.providers.acme);
    expect(await tell({ subject: who.subject })).toMatchObject({ status: 200 });
    expect(await Promise.all([one, two, atAcme].map(isIn))).toEqual([false, false, true]);
    // It may sign in again.
    expect(await isIn(await signedIn(who))).toBe(true);
  });

  it('ends none that the person began another way', async () => {
    const who = somebody();
    const { userId } = await signedIn(who);
    const { headers, userId: other } = await quickSession(app, { kind: 'cookie' });
    await app.db('sessions').where({ userId: other }).update({ userId });
    await unwrap(tell({ subject: who.subject }));
    expect(await app.client(sending(headers)).me.get()).toMatchObject({ status: 200 });
  });

  it('about nobody who is here, is heard', async () => {
    expect(await tell({ sid: 'nobody' })).toMatchObject({ status: 200 });
    const who = somebody();
    const person = await signedIn(who);
    expect(await tell({ subject: 'somebody else', sid: who.sid })).toMatchObject({ status: 200 });
    expect(await isIn(person)).toBe(true);
  });

  it('is not heard twice with one token, of two at once either', async () => {
    const { sid: _, ...who } = somebody();
    const token = app.providers.google.logoutToken(who);
    await signedIn(who);
    expect(tally(await Promise.all([post(token), post(token)]))).toEqual({ 200: 1, 400: 1 });
    const again = await signedIn(who);
    expect(await post(token)).toMatchObject(nobody);
    expect(await isIn(again)).toBe(true);
    // Another provider may have one of the same id.
    expect(await post(token, 'acme')).toMatchObject({ status: 200 });
  });

  it('may send more than we know', async () => {
    const body = `logout_token=${app.providers.google.logoutToken({ sid: 'x' })}&more=1&more=2`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const path = '/api/v1/auth/oidc/back-channel-logout/google';
    expect(await app.request(path, { method: 'POST', headers, body })).toMatchObject({
      status: 200,
    });
  });

  it('must be one of ours', async () => {
    const answer = await post(app.providers.google.logoutToken({ sid: 'x' }), 'nobody');
    expect(answer).toMatchObject(oauthRefusal(404, 'invalid_request', 'not_found'));
    app.providers.google.failure = 'unreachable';
    expect(await tell({ sid: 'x' })).toMatchObject(nobody);
  });
});

async function isWaiting(): Promise<boolean> {
  const { rows } = await app.db.raw(
    `select 1 from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

describe('a session at a provider that ended meanwhile', () => {
  it('begins none here', async () => {
    const who = somebody();
    const proven = await proveAs(app, who);
    await unwrap(tell(who));
    expect(await exchange(app, proven)).toMatchObject(refusal(410, 'invalid_link'));
    expect(await isIn(await signedIn({ ...who, sid: 'a later one' }))).toBe(true);
  });

  it('ends what begins at the same moment', async () => {
    const who = somebody();
    const proven = await proveAs(app, who);
    const begins = () => exchange(app, proven);
    const ends = async () => {
      // The other one has come as far as its session.
      await eventually(async () => expect(await isWaiting()).toBe(true));
      return tell(who);
    };
    const calls: (() => Promise<{ status: number; body?: unknown }>)[] = [begins, ends];
    const answers = await collideIfTheyCan(app, writesTo('sessions'), calls);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { accessToken } = (answers[0]?.body ?? {}) as { accessToken: string };
    expect(await clientOf({ accessToken }).me.get()).toMatchObject(out);
  });

  it('begins none after the second factor', async () => {
    const who = somebody();
    const person = await aPersonWithTotp(app, { emailVerifiedAt: app.clock.now() });
    await app.db('userIdentities').insert({
      ...{ id: crypto.randomUUID(), userId: person.id, provider: 'google' },
      ...{ issuer: 'https://google.example', subject: who.subject, createdAt: app.clock.now() },
    });
    const pending = async (sid: string) => {
      const { body } = await signInAs(app, { ...who, sid });
      return body && 'token' in body ? body.token : '';
    };
    const prove = (token: string) =>
      app.client().auth.proveSecondFactor({ body: { token, totp: person.nextCode() } });
    const first = await pending('first');
    await unwrap(tell({ sid: 'first' }));
    expect(await prove(first)).toMatchObject(refusal(410, 'invalid_link'));
    app.clock.advance({ minutes: 1 });
    const second = await unwrap(prove(await pending('second')));
    const { session } = second;
    expect(await app.db('providerSessions').where({ sessionId: session.id })).toHaveLength(1);
  });
});

it('what became of sign-outs is counted, by provider', async () => {
  const lines = await app.scrape();
  const counted = lines.filter((line) => line.startsWith('charter_provider_sign_outs_total'));
  for (const outcome of ['led_there', 'not_offered', 'failed', 'ended', 'nobody', 'replayed']) {
    expect(counted.join('\n')).toContain(`{provider="google",outcome="${outcome}"}`);
  }
});
