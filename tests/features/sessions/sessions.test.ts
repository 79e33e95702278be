import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { refusal } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { aMember, createPerson } from '../../kit/callers.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp({ CORS_ORIGINS: 'https://app.example' });

async function aBrowser() {
  const person = await createPerson(app);
  return { ...person, ...(await openBrowser(app, person)) };
}

describe('the cookie', () => {
  const overTls = useApp({ PUBLIC_URL: 'https://api.test' });

  async function setCookie(where = app): Promise<string[]> {
    const { username: identifier, password } = await createPerson(where);
    const { headers } = await where.client().auth.login({
      body: { identifier, password, delivery: 'cookie' },
    });
    return headers.getSetCookie();
  }

  it('is out of reach of scripts and of other sites', async () => {
    expect(await setCookie()).toEqual([
      expect.stringMatching(
        /^session=[a-z0-9]{40}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/,
      ),
    ]);
  });

  it('is bound to the host and to TLS where there is TLS', async () => {
    expect(await setCookie(overTls)).toEqual([
      expect.stringMatching(
        /^__Host-session=[a-z0-9]{40}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax; Secure$/,
      ),
    ]);
  });

  it('is read under its own name only', async () => {
    const person = await createPerson(overTls);
    const { cookie, secret } = await openBrowser(overTls, person);
    expect(await overTls.client(sending({ cookie })).me.get()).toMatchObject({ status: 200 });
    const renamed = overTls.client(sending({ cookie: `session=${secret}` }));
    expect(await renamed.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it.each(['theme=100%; ', 'a=%E0%A4%A;', '=;;  ;', 'not-session=x; ', 'sessions=1; '])(
    'is found beside the cookie %j of other software',
    async (other) => {
      const { cookie } = await aBrowser();
      const { status } = await app.client(sending({ cookie: other + cookie })).me.get();
      expect(status).toBe(200);
    },
  );

  it('is none where it is empty: whoever sends it is told to sign in, wherever from', async () => {
    const headers = { cookie: 'session=', origin: 'https://elsewhere.test' };
    const answer = await app.request('/api/v1/me', { method: 'PATCH', headers });
    expect(answer.status).toBe(401);
  });

  it.each(['session=', 'session=%', 'session=unknown', 'session', ''])(
    'proves nothing as %j',
    async (cookie) => {
      const answer = await app.client(sending({ cookie })).me.get();
      expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
});

describe('the secret of a session by tokens', () => {
  it('is no cookie, should it ever become known', async () => {
    const { headers, sessionId } = await quickSession(app, { kind: 'cookie' });
    await Session.query(app.db).findById(sessionId).patch({ kind: 'tokens' });
    const answer = await app.client(sending(headers)).me.get();
    expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
  });
});

describe('auth.session', () => {
  it('answers the session of the request and whose it is', async () => {
    const { id, client } = await aBrowser();
    const { session, user } = await unwrap(client.auth.session());
    const stored = await Session.query(app.db).findOne({ userId: id });
    expect(session).toMatchObject({ id: stored?.id, kind: 'cookie', methods: ['pwd'] });
    expect(user).toMatchObject({ view: 'full', id });
  });

  it('tells when the session ends', async () => {
    const { client } = await aBrowser();
    const { session } = await unwrap(client.auth.session());
    const start = Date.parse(session.createdAt);
    const hours = (end: string) => (Date.parse(end) - start) / 3_600_000;
    expect([hours(session.idleExpiresAt), hours(session.expiresAt)]).toEqual([24, 14 * 24]);
  });

  it('tells when the session was last seen', async () => {
    const { client } = await aBrowser();
    app.clock.advance({ minutes: 5 });
    const { session } = await unwrap(client.auth.session());
    expect(session.lastSeenAt).toBe(app.clock.now().toISOString());
  });

  it('tells no end by idling that lies behind the absolute end', async () => {
    const { headers } = await quickSession(app, { kind: 'cookie' });
    app.clock.advance({ hours: 2 });
    const { session } = await unwrap(app.client(sending(headers)).auth.session());
    expect(session.idleExpiresAt).toBe(session.expiresAt);
  });

  it('tells that use alone does not keep a session of tokens: a refresh does', async () => {
    const { client } = await aMember(app);
    app.clock.advance({ minutes: 2 });
    const { session } = await unwrap(client.auth.session());
    const days = (end: string) => (Date.parse(end) - Date.parse(session.createdAt)) / 86_400_000;
    expect([days(session.idleExpiresAt), days(session.expiresAt)]).toEqual([7, 30]);
    expect(session.lastSeenAt).toBe(app.clock.now().toISOString());
  });

  it('answers the session of a token alike', async () => {
    const { client, id } = await aMember(app);
    const { session, user } = await unwrap(client.auth.session());
    expect([session.kind, user.id]).toEqual(['tokens', id]);
  });
});

describe('the life of a cookie session', () => {
  it('ends when it is not used for 24 hours', async () => {
    const { client } = await aBrowser();
    app.clock.advance({ hours: 23, minutes: 59 });
    expect(await client.me.get()).toMatchObject({ status: 200 });
    app.clock.advance({ hours: 24 });
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('starts its 24 hours anew with each use', async () => {
    const { client } = await aBrowser();
    app.clock.advance({ hours: 3 });
    await unwrap(client.me.get());
    app.clock.advance({ hours: 23 });
    expect(await client.me.get()).toMatchObject({ status: 200 });
  });

  it('ends after 14 days, however often it is used', async () => {
    const { client } = await aBrowser();
    for (let hours = 20; hours < 14 * 24; hours += 20) {
      app.clock.advance({ hours: 20 });
      expect(await client.me.get()).toMatchObject({ status: 200 });
    }
    app.clock.advance({ hours: 16 });
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('ends when the account is deactivated', async () => {
    const { id, client } = await aBrowser();
    await User.query(app.db).findById(id).patch({ deactivatedAt: app.clock.now() });
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  });
});

describe('auth.logout', () => {
  it('ends the session and clears the cookie', async () => {
    const { client } = await aBrowser();
    const answer = await client.auth.logout();
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([
      'session=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax',
    ]);
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
    expect(await client.auth.logout()).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('by a token leaves the cookie of the browser alone, whoever it belongs to', async () => {
    const [{ tokens }, browser] = [await aMember(app), await aBrowser()];
    const authorization = `Bearer ${tokens().accessToken}`;
    const both = app.client(sending({ authorization, cookie: browser.cookie }));
    const answer = await both.auth.logout();
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([204, []]);
    expect(await browser.client.me.get()).toMatchObject({ status: 200 });
  });

  it('leaves the other sessions of the person alone', async () => {
    const person = await aBrowser();
    const other = await openBrowser(app, person);
    await unwrap(person.client.auth.logout());
    expect(await other.client.me.get()).toMatchObject({ status: 200 });
  });
});

describe('a change with a cookie', () => {
  const body = { fullName: 'Ada King' };

  it.each<Record<string, string>>([
    { origin: publicUrl },
    { origin: 'https://app.example' },
    { 'sec-fetch-site': 'same-origin' },
    { origin: publicUrl, 'sec-fetch-site': 'same-origin' },
  ])('is made from a page of our own: %j', async (page) => {
    const { cookie } = await aBrowser();
    const client = app.client(sending({ cookie, ...page }));
    expect(await client.me.update({ body })).toMatchObject({ status: 200 });
  });

  it.each<Record<string, string>>([
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${publicUrl}.evil.example` },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
  ])('is refused from anywhere else: %j', async (page) => {
    const { cookie } = await aBrowser();
    const client = app.client(sending({ cookie, ...page }));
    expect(await client.me.update({ body })).toMatchObject(refusal(403, 'cross_site_request'));
  });

  it('is not asked of a bearer, who needs no page', async () => {
    const { client } = await aMember(app);
    expect(await client.me.update({ body })).toMatchObject({ status: 200 });
  });
});
