import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { anAdministrator, type Caller, createPerson } from '../../kit/callers.ts';
import { openBrowser, sending, withToken } from '../../kit/credentials.ts';

const app = useApp();
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
let caller: Caller;

beforeAll(async () => {
  caller = await anAdministrator(app);
});

/** The last character of 32 bytes carries four bits: two more could be anything. */
function sibling(last = ''): string {
  return alphabet[alphabet.indexOf(last) ^ 1] ?? '';
}

/** Texts that a decoder of base64url that means well reads as the same bytes. */
describe.each<[string, (text: string) => string]>([
  ['padding', (text) => `${text}=`],
  ['more padding', (text) => `${text}==`],
  ['a foreign character', (text) => `${text}!`],
  ['a foreign character within', (text) => `${text.slice(0, -4)}*${text.slice(-4)}`],
  ['another character that says the same', (text) => text.slice(0, -1) + sibling(text.at(-1))],
])('with %s', (_what, respelt) => {
  it('a refresh token is none, and no second use of one', async () => {
    const { refreshToken } = caller.tokens();
    const refresh = (token: string) => app.client().auth.refresh({ body: { refreshToken: token } });
    const next = await unwrap(refresh(refreshToken));
    app.clock.advance({ minutes: 1 });
    for (const token of [respelt(refreshToken), respelt(next.refreshToken)]) {
      expect(await refresh(token)).toMatchObject(refusal(401, 'invalid_refresh_token'));
    }
    caller = { ...caller, tokens: () => next };
    expect(await withToken(app, next.accessToken).me.get()).toMatchObject({ status: 200 });
  });

  it('a refresh token revokes nothing', async () => {
    const { refreshToken, accessToken } = caller.tokens();
    await unwrap(app.client().auth.revoke({ body: { token: respelt(refreshToken) } }));
    expect(await withToken(app, accessToken).me.get()).toMatchObject({ status: 200 });
  });

  it('an access token is none, whichever part it is', async () => {
    const parts = caller.tokens().accessToken.split('.');
    for (const index of parts.keys()) {
      const token = parts.map((part, at) => (at === index ? respelt(part) : part)).join('.');
      const answer = await withToken(app, token).me.get();
      expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
    }
  });

  it('a cookie is none', async () => {
    const { cookie } = await openBrowser(app, await createPerson(app));
    const answer = await app.client(sending({ cookie: respelt(cookie) })).me.get();
    expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('a cursor is none', async () => {
    const client = withToken(app, caller.tokens().accessToken);
    const { nextCursor } = await unwrap(client.users.list({ limit: 1 }));
    const other = respelt(nextCursor ?? '');
    const bytes = (text: string) => Buffer.from(text, 'base64url').toString('hex');
    // A cursor whose bytes leave no bits over has no character that says the same.
    if (bytes(other) !== bytes(nextCursor ?? '')) return;
    const answer = await client.users.list({ limit: 1, cursor: other });
    expect(answer).toMatchObject(refusal(422, 'validation_failed'));
  });
});
