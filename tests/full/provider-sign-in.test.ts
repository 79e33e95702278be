import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, unwrap } from '../../client/index.ts';
import { checkedFetch, publicUrl, startApp, type TestApp, useApp } from '../kit/app.ts';
import { hashOf } from '../kit/callers.ts';
import { sending, withToken } from '../kit/credentials.ts';
import type { Somebody } from '../kit/fake-provider.ts';
import { startProvider, type TestProvider } from '../kit/identity-provider.ts';
import {
  type Begun,
  beginLink,
  codeFor,
  comeBack,
  exchange,
  proveAs,
  resultIn,
  signInAs,
} from '../kit/provider-sign-in.ts';
import { quickSession } from '../kit/quick-session.ts';
import { all, everyRound, oneAmong, race } from './rounds.ts';

describe('a real provider', () => {
  const parts = {} as { app: TestApp; provider: TestProvider };

  beforeAll(async () => {
    const redirectUris = [`${publicUrl}/api/v1/auth/oidc/callback/acme`];
    const provider = await startProvider({
      redirectUris,
      returnUris: [`${publicUrl}/account/signed-out`],
      backchannelUri: `${publicUrl}/api/v1/auth/oidc/back-channel-logout/acme`,
      reach: (url) => url.replace(publicUrl, parts.app.url),
      clock: { catchUp: () => parts.app.clock.catchUp() },
    });
    const app = await startApp(provider.settings);
    Object.assign(parts, { app, provider });
  });

  afterAll(async () => {
    await parts.app.close();
    await parts.provider.close();
  });

  async function start(): Promise<Begun> {
    const body = { provider: 'acme', delivery: 'tokens' as const };
    const { body: started, problem } = await parts.app.client().oidc.start({ body });
    if (problem || !started) throw new Error(`It did not start: ${problem?.code}`);
    return { url: started.url, binding: started.binding, headers: {} };
  }

  it('signs somebody in, and finds them again', async () => {
    const { app, provider } = parts;
    const ids: unknown[] = [];
    for (const _ of [1, 2]) {
      const begun = await start();
      const led = await comeBack(app, await provider.signIn(begun.url, 'ada'));
      const { code = '' } = resultIn(led);
      const { status, body } = await exchange(app, { ...begun, code });
      expect([status, body]).toMatchObject([200, { user: { email: 'ada@example.com' } }]);
      ids.push(body && 'user' in body && body.user.id);
    }
    expect(ids[0]).toBe(ids[1]);
  });

  async function signedIn() {
    const { app, provider } = parts;
    const begun = await start();
    const led = await comeBack(app, await provider.signIn(begun.url, 'ada'));
    const { code = '' } = resultIn(led);
    const { body } = await exchange(app, { ...begun, code });
    if (!body || !('accessToken' in body)) throw new Error('Nobody was signed in');
    return body;
  }

  const isIn = async (accessToken: string) =>
    (await withToken(parts.app, accessToken).me.get()).status === 200;

  it('ends the session of a browser that signs out there, and no other', async () => {
    const { app, provider } = parts;
    const [other, own] = [await signedIn(), await signedIn()];
    await provider.signOut(`${provider.issuer}/session/end`);
    expect([await isIn(own.accessToken), await isIn(other.accessToken)]).toEqual([false, true]);
    const { refreshToken } = own;
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject({ status: 401 });
    const [ended] = await app.db('sessions').where({ id: own.session.id });
    expect(ended).toMatchObject({ revokedReason: 'provider_logout' });
  });

  it('leads whoever signs out here to sign out there, and back', async () => {
    const { app, provider } = parts;
    const client = withToken(app, (await signedIn()).accessToken);
    const { url } = await unwrap(client.oidc.logout({ body: { state: 'orders' } }));
    const back = await provider.signOut(url ?? '');
    expect(back.href).toBe(`${publicUrl}/account/signed-out?state=orders`);
    const lines = await app.scrape();
    expect(lines).toContain('charter_provider_sign_outs_total{provider="acme",outcome="nobody"} 1');
  });

  it('signs nobody in who said no, or whose way back was used', async () => {
    const { app, provider } = parts;
    const denied = await provider.signIn((await start()).url, '');
    expect(resultIn(await comeBack(app, denied))).toEqual({ error: 'access_denied' });
    const back = await provider.signIn((await start()).url, 'ada');
    await comeBack(app, back);
    expect(resultIn(await comeBack(app, back))).toEqual({ error: 'sign_in_expired' });
    const forged = await provider.signIn((await start()).url, 'ada');
    forged.searchParams.set('code', 'a-code-that-nobody-made');
    expect(resultIn(await comeBack(app, forged))).toEqual({ error: 'access_denied' });
  });
});

describe('of twenty at once, on two instances of the service', () => {
  const app = useApp();
  const other = {} as { app: TestApp };

  beforeAll(async () => {
    other.app = await startApp({}, { route: async () => app.config.database.url });
  });

  afterAll(() => other.app.close());

  // Its own client would look for entries of the audit in a database of its own.
  const there: Pick<TestApp, 'client'> = {
    client: (credentials) =>
      createClient({
        baseUrl: other.app.url,
        fetch: checkedFetch,
        ...(credentials && { credentials }),
      }),
  };
  const instance = (at: number) => (at % 2 === 0 ? app : there);

  it('one exchanges a code', async () => {
    await everyRound(async (round) => {
      const proven = await proveAs(app, { subject: `code-${round}` });
      const statuses = await race((at) => exchange(instance(at), proven));
      expect(statuses).toEqual(oneAmong(200, 410));
    });
  });

  it('all find the one account of somebody new', async () => {
    const subject = 'one-person';
    const email = 'one-person@example.com';
    const proofs = await all(() => proveAs(app, { subject, email }));
    // Each looks again as often as another one was faster, and few are as fast as that.
    const statuses = await race((at) =>
      exchange(instance(at), proofs[at] as (typeof proofs)[number]),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await app.db('userIdentities').where({ subject })).toHaveLength(1);
    expect(await app.db('users').where({ email })).toHaveLength(1);
  });

  it('one links an identity', async () => {
    const passwordHash = await hashOf('a long enough passphrase');
    const people = await all(() => quickSession(app, { account: { passwordHash } }));
    await everyRound(async (round) => {
      const subject = `linked-${round}`;
      const codes = await all(async (at) => {
        const { headers = {} } = people[at] ?? {};
        const begun = await beginLink(app, { headers });
        return { ...begun, code: await codeFor(app, begun, { subject }) };
      });
      const statuses = await race((at) => {
        const { code = '', binding } = codes[at] ?? {};
        const body = { code, ...(binding !== undefined && { binding }) };
        return instance(at)
          .client(sending(people[at]?.headers ?? {}))
          .oidc.link({ body });
      });
      expect(statuses).toEqual(oneAmong(200, 409));
      await app.db('userIdentities').where({ subject }).delete();
    });
  });
});

describe('while a session at a provider ends', () => {
  const app = useApp();
  const tell = (of: Somebody) => {
    const body = { logout_token: app.providers.google.logoutToken(of) };
    return app.client().oidc.backChannelLogout({ provider: 'google', body });
  };

  it('its owner can end the same sessions: neither waits for the other for ever', async () => {
    const who = { subject: 'ending', idToken: 'an-id-token', email: 'ending@example.com' };
    await everyRound(async () => {
      const tokens = [];
      for (let count = 0; count < 4; count += 1) {
        const answer = await unwrap(signInAs(app, { ...who, sid: `browser-${count}` }));
        if ('accessToken' in answer) tokens.push(answer.accessToken);
      }
      const [first, second, third] = tokens.map((token) => withToken(app, token));
      const ends = [
        () => tell({ subject: who.subject }),
        () => tell({ subject: who.subject }),
        async () => first?.sessions.endAll(),
        async () => second?.sessions.endOthers(),
        async () => third?.oidc.logout({ body: {} }),
      ];
      await Promise.all(ends.map((end) => end()));
    });
    expect(JSON.stringify(app.logs)).not.toContain('deadlock detected');
  });
});
