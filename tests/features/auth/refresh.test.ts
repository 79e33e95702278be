import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { refreshTokenOf } from '../../../server/features/sessions/refresh-tokens.ts';
import { User } from '../../../server/features/users/model.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, createPerson } from '../../kit/callers.ts';
import { collide } from '../../kit/collide.ts';
import { openBrowser, withToken } from '../../kit/credentials.ts';

const app = useApp();
const refused = refusal(401, 'invalid_refresh_token');

function refresh(refreshToken: string) {
  return app.client().auth.refresh({ body: { refreshToken } });
}

async function aSession() {
  const { id, tokens } = await aMember(app);
  return { userId: id, ...tokens() };
}

describe('auth.refresh', () => {
  it('answers the next pair, of the same person', async () => {
    const first = await aSession();
    const next = await unwrap(refresh(first.refreshToken));
    expect(next).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 300 });
    expect(next.accessToken).not.toBe(first.accessToken);
    expect(next.refreshToken).not.toBe(first.refreshToken);
    const me = await unwrap(withToken(app, next.accessToken).me.get());
    expect(me.id).toBe(first.userId);
  });

  it('goes on with the new token', async () => {
    const second = await unwrap(refresh((await aSession()).refreshToken));
    const third = await unwrap(refresh(second.refreshToken));
    expect(await withToken(app, third.accessToken).me.get()).toMatchObject({ status: 200 });
  });

  it('keeps the moment of the sign-in', async () => {
    const first = await aSession();
    app.clock.advance({ hours: 2 });
    const next = await unwrap(refresh(first.refreshToken));
    const { auth_time, sid } = decodeJwt(first.accessToken);
    expect(decodeJwt(next.accessToken)).toMatchObject({ auth_time, sid });
  });

  it('names the roles of now', async () => {
    const { userId, refreshToken } = await aSession();
    await app.db('userRoles').where({ userId }).delete();
    const { accessToken } = await unwrap(refresh(refreshToken));
    expect(decodeJwt(accessToken)['roles']).toEqual([]);
  });

  it('gives twenty racing callers the same successor', async () => {
    const { refreshToken } = await aSession();
    const race = Array.from({ length: 20 }, () => unwrap(refresh(refreshToken)));
    const successors = (await Promise.all(race)).map((pair) => pair.refreshToken);
    expect(new Set(successors).size).toBe(1);
    expect(await refresh(`${successors[0]}`)).toMatchObject({ status: 200 });
  });

  it('does not cross a sign-out: who waits for it sees it', async () => {
    const { userId, refreshToken } = await aSession();
    const signOut = (trx: Database) =>
      trx('sessions').where({ userId }).update({ revokedAt: app.clock.now() });
    const [answer] = await collide(app, signOut, [() => refresh(refreshToken)]);
    expect(answer).toMatchObject(refused);
  });

  it('honours the previous token for ten seconds', async () => {
    const first = await aSession();
    const next = await unwrap(refresh(first.refreshToken));
    app.clock.advance({ seconds: 10 });
    const late = await unwrap(refresh(first.refreshToken));
    expect(late.refreshToken).toBe(next.refreshToken);
    expect(await withToken(app, late.accessToken).me.get()).toMatchObject({ status: 200 });
  });
});

describe('an old refresh token', () => {
  it('ends the session when it is used after its ten seconds', async () => {
    const first = await aSession();
    const next = await unwrap(refresh(first.refreshToken));
    app.clock.advance({ seconds: 11 });
    expect(await refresh(first.refreshToken)).toMatchObject(refused);
    expect(await refresh(next.refreshToken)).toMatchObject(refused);
    const me = await withToken(app, next.accessToken).me.get();
    expect(me).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('ends the session at once when it is two generations old', async () => {
    const first = await aSession();
    const second = await unwrap(refresh(first.refreshToken));
    const third = await unwrap(refresh(second.refreshToken));
    expect(await refresh(first.refreshToken)).toMatchObject(refused);
    expect(await refresh(third.refreshToken)).toMatchObject(refused);
    const session = await Session.query(app.db).findOne({ userId: first.userId });
    expect(session).toMatchObject({ revokedAt: app.clock.now(), revokedReason: 'refresh_reuse' });
  });

  it('leaves the other sessions of the person alone', async () => {
    const { refreshToken } = await aSession();
    const other = await aSession();
    await unwrap(refresh(refreshToken));
    app.clock.advance({ seconds: 11 });
    await refresh(refreshToken);
    expect(await refresh(other.refreshToken)).toMatchObject({ status: 200 });
  });
});

describe('a refresh token is refused', () => {
  it.each([
    ['with another generation', (token: string) => token.replace('.0.', '.1.')],
    ['with another session', (token: string) => `AAAA${token.slice(4)}`],
    ['with another signature', (token: string) => token.replace(/.{4}$/, 'AAAA')],
    ['without a signature', (token: string) => token.replace(/[^.]*$/, '')],
    ['with more than three parts', (token: string) => `${token}.x`],
    ['that is garbage', () => 'garbage'],
  ])('%s, and the session lives on', async (_, forge) => {
    const { refreshToken } = await aSession();
    expect(await refresh(forge(refreshToken))).toMatchObject(refused);
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
  });

  it('that is an access token or the secret of a cookie', async () => {
    const member = await aMember(app);
    const { secret } = await openBrowser(app, member);
    expect(await refresh(member.tokens().accessToken)).toMatchObject({ ok: false });
    expect(await refresh(secret)).toMatchObject(refused);
  });

  it('that is derived for the session of a cookie', async () => {
    const person = await createPerson(app);
    await openBrowser(app, person);
    const session = await Session.query(app.db).findOne({ userId: person.id });
    const claim = { sessionId: `${session?.id}`, generation: 0 };
    const forged = refreshTokenOf(claim, new SecretKeys(app.config.secrets.keys));
    expect(await refresh(forged)).toMatchObject(refused);
  });

  it('that is longer than any of ours', async () => {
    expect(await refresh('x'.repeat(513))).toMatchObject(invalid('refreshToken'));
  });

  it('of a deactivated account', async () => {
    const { userId, refreshToken } = await aSession();
    await User.query(app.db).findById(userId).patch({ deactivatedAt: app.clock.now() });
    expect(await refresh(refreshToken)).toMatchObject(refused);
  });
});

describe('the life of a token session', () => {
  it('ends when it is not refreshed for seven days', async () => {
    const { refreshToken } = await aSession();
    app.clock.advance({ days: 6, hours: 23 });
    const next = await unwrap(refresh(refreshToken));
    app.clock.advance({ days: 7 });
    expect(await refresh(next.refreshToken)).toMatchObject(refused);
  });

  it('ends after thirty days, however often it is refreshed', async () => {
    let { refreshToken } = await aSession();
    for (let day = 1; day < 30; day += 1) {
      app.clock.advance({ days: 1 });
      refreshToken = (await unwrap(refresh(refreshToken))).refreshToken;
    }
    app.clock.advance({ days: 1 });
    expect(await refresh(refreshToken)).toMatchObject(refused);
  });

  it('ends at once with the sign-out, for both tokens', async () => {
    const { accessToken, refreshToken } = await aSession();
    const client = withToken(app, accessToken);
    expect(await client.auth.logout()).toMatchObject({ status: 204 });
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
    expect(await refresh(refreshToken)).toMatchObject(refused);
  });
});
