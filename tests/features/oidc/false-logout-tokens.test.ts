import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { oauthRefusal } from '../../kit/answers.ts';
import { startApp, type TestApp } from '../../kit/app.ts';
import { withToken } from '../../kit/credentials.ts';
import { type LyingProvider, startLiar } from '../../kit/lying-provider.ts';
import type { TokenLies } from '../../kit/lying-tokens.ts';
import { comeBack, exchange, resultIn } from '../../kit/provider-sign-in.ts';

const parts = {} as { app: TestApp; liar: LyingProvider; accessToken: string };
const now = () => parts.app.clock.now();
const seconds = () => Math.floor(now().getTime() / 1000);
const refused = oauthRefusal(400, 'invalid_request', 'invalid_logout_token');

beforeAll(async () => {
  // It lives by the clock of the app, which begins after it.
  parts.liar = await startLiar({ now });
  parts.liar.lie({ claims: { sid: 'a-session' } });
  parts.app = await startApp(parts.liar.settings);
  parts.accessToken = await signIn();
});
afterAll(async () => {
  await parts.app.close();
  await parts.liar.close();
});

async function signIn(): Promise<string> {
  const { app, liar } = parts;
  const body = { provider: 'liar', delivery: 'tokens' as const };
  const { url, binding } = await unwrap(app.client().oidc.start({ body }));
  const { code = '' } = resultIn(await comeBack(app, liar.signIn(new URL(url))));
  const answer = await unwrap(exchange(app, { code, binding, headers: {} }));
  if (!('accessToken' in answer)) throw new Error('It is a session by tokens');
  return answer.accessToken;
}

const isIn = async () => (await withToken(parts.app, parts.accessToken).me.get()).status === 200;

function post(logout_token: string) {
  const body = { logout_token };
  return parts.app.client().oidc.backChannelLogout({ provider: 'liar', body });
}

describe('a logout token', () => {
  it.each<[string, () => TokenLies]>([
    ['for somebody else', () => ({ claims: { aud: 'another' } })],
    ['of another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })],
    ['with a nonce', () => ({ claims: { nonce: 'n' } })],
    ['without its event', () => ({ claims: { events: undefined } })],
    ['that is over', () => ({ claims: { exp: seconds() - 60 } })],
    ['that is good for ever', () => ({ claims: { exp: seconds() + 366 * 86_400 } })],
    ['whose end is beyond all time', () => ({ claims: { exp: 1e300 } })],
    ['without an id', () => ({ claims: { jti: undefined } })],
    ['that names nobody', () => ({ claims: { sub: undefined, sid: undefined } })],
    ['signed by nobody', () => ({ signedBy: 'nobody' })],
    ['signed with the public key as a secret', () => ({ signedBy: 'public key' })],
    ['signed by a stranger', () => ({ signedBy: 'stranger' })],
    ['signed by a key that is not published', () => ({ header: { kid: 'unknown' } })],
  ])('ends nothing %s', async (_what, lies) => {
    expect(await post(await parts.liar.logoutToken(lies()))).toMatchObject(refused);
    expect(await isIn()).toBe(true);
    expect(await parts.app.db('logoutTokens')).toEqual([]);
  });

  it('is refused with a reason in the log, and an entry in the audit', async () => {
    const { app, liar } = parts;
    await post(await liar.logoutToken({ claims: { nonce: 'n' } }));
    const reason = 'logout token: unexpected "nonce"';
    const line = { provider: 'liar', call: 'logout_token', failure: 'invalid_answer', reason };
    expect(app.logs).toContainEqual(expect.objectContaining(line));
    const entry = { operation: 'oidcBackChannelLogout', result: 'denied' };
    const denied = await app.db('auditEntries').where(entry).first();
    expect(denied).toMatchObject({ reason: 'invalid_logout_token', safety: true });
  });

  it('as it should be ends the session, once', async () => {
    const token = await parts.liar.logoutToken();
    expect(await post(token)).toMatchObject({ status: 200 });
    expect(await isIn()).toBe(false);
    parts.liar.lie({ claims: { sid: 'another-session' } });
    parts.accessToken = await signIn();
    expect(await post(token)).toMatchObject(refused);
    // While it is good, and the moment after in which clocks may differ.
    parts.app.clock.advance({ hours: 1, seconds: 20 });
    await parts.app.runScheduled('provider-sessions.purge');
    expect(await post(token)).toMatchObject(refused);
    expect(await parts.app.db('logoutTokens')).toHaveLength(1);
    parts.app.clock.advance({ minutes: 1 });
    await parts.app.runScheduled('provider-sessions.purge');
    expect(await parts.app.db('logoutTokens')).toEqual([]);
    expect(await post(token)).toMatchObject(refused);
  });
});

describe('a sign-out at a provider', () => {
  it('begins at the address that it publishes, with its own ID token', async () => {
    const { app, liar } = parts;
    const { url } = await unwrap(withToken(app, await signIn()).oidc.logout({ body: {} }));
    const { origin, pathname, searchParams } = new URL(url ?? '');
    expect(origin + pathname).toBe(`${liar.issuer}/logout`);
    expect(searchParams.get('client_id')).toBe(liar.clientId);
    expect(searchParams.get('id_token_hint')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });
});
