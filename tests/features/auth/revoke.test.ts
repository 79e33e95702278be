import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, type Caller, signIn } from '../../kit/callers.ts';
import { withToken } from '../../kit/credentials.ts';

const app = useApp();

function revoke(token: string) {
  return app.client().auth.revoke({ body: { token } });
}

/** As text, for what the typed client would never send. */
async function post(type: string, body: string) {
  const headers = { 'Content-Type': type };
  const answer = await app.request('/api/v1/auth/revoke', { method: 'POST', headers, body });
  const { code } = (await answer.json()) as { code?: string };
  return [answer.status, code];
}

async function assertEnded({ tokens }: Caller, { accessToken, refreshToken } = tokens()) {
  const answer = await withToken(app, accessToken).me.get();
  expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
  const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
  expect(refreshed).toMatchObject(refusal(401, 'invalid_refresh_token'));
}

describe('auth.revoke', () => {
  it.each(['refreshToken', 'accessToken'] as const)(
    'ends the session of its %s, and only that one',
    async (kind) => {
      const member = await aMember(app);
      const other = await signIn(app, member);
      expect(await unwrap(revoke(member.tokens()[kind]))).toEqual({});
      await assertEnded(member);
      expect(await other.client.me.get()).toMatchObject({ status: 200 });
    },
  );

  it('ends the session of a refresh token that was exchanged before', async () => {
    const member = await aMember(app);
    const { refreshToken } = member.tokens();
    const next = await unwrap(app.client().auth.refresh({ body: { refreshToken } }));
    await unwrap(revoke(refreshToken));
    await assertEnded(member, next);
  });

  it('answers alike for what ended before and for what never was a token', async () => {
    const { tokens } = await aMember(app);
    const { refreshToken } = tokens();
    const forged = refreshToken.replace(/.{4}$/, 'AAAA');
    for (const token of [refreshToken, refreshToken, forged, 'garbage', 'a.b.c', '..']) {
      expect(await revoke(token)).toMatchObject({ status: 200, body: {} });
    }
  });

  it('does nothing for an access token that has expired', async () => {
    const { tokens } = await aMember(app);
    const { accessToken, refreshToken } = tokens();
    app.clock.advance({ minutes: 6 });
    expect(await revoke(accessToken)).toMatchObject({ status: 200 });
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject({ status: 200 });
  });

  it('is taught nothing by a hint, right or wrong', async () => {
    const member = await aMember(app);
    const token = member.tokens().refreshToken;
    const body = { token, token_type_hint: 'access_token' } as const;
    await unwrap(app.client().auth.revoke({ body }));
    await assertEnded(member);
  });

  it('ignores what OAuth libraries send besides', async () => {
    const form = 'application/x-www-form-urlencoded';
    for (const more of ['client_id=y', 'token_type_hint=id_token', 'x=1&x=2']) {
      expect(await post(form, `token=x&${more}`)).toEqual([200, undefined]);
    }
  });

  it('is form-encoded, after RFC 7009, and nothing else', async () => {
    const form = 'application/x-www-form-urlencoded';
    expect(await post(form, 'token=x')).toEqual([200, undefined]);
    for (const nul of ['token=a%00b', 'token=a\0b']) {
      expect(await post(form, nul)).toEqual([422, 'validation_failed']);
    }
    expect(await post(`${form}; charset=utf-8`, 'token=x')).toEqual([200, undefined]);
    expect(await post('application/json', '{"token":"x"}')).toEqual([
      415,
      'unsupported_media_type',
    ]);
    for (const body of ['', 'token=', 'token=x&token=y']) {
      expect(await post(form, body)).toEqual([422, 'validation_failed']);
    }
  });
});
