import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import {
  begin,
  codeFor,
  comeBack,
  exchange,
  resultIn,
  somebody,
} from '../../kit/provider-sign-in.ts';

const app = useApp();
const Origin = publicUrl;

describe('the providers', () => {
  it('are listed for whoever wants to sign in', async () => {
    const { items } = await unwrap(app.client().oidc.providers());
    expect(items).toEqual([
      { name: 'google', title: 'Google' },
      { name: 'acme', title: 'Acme' },
    ]);
  });
});

describe('a start', () => {
  const start = (fields: object) => {
    const body = { provider: 'google', delivery: 'tokens' as const, ...fields };
    return app.client().oidc.start({ body });
  };

  it('leads back to what is listed, with any query', async () => {
    const redirectTo = 'https://app.example.com/signed-in?next=%2Forders';
    const begun = await begin(app, { redirectTo });
    const led = await comeBack(app, app.providers.google.signIn(begun.url));
    expect(led.href).toMatch(/^https:\/\/app\.example\.com\/signed-in\?next=%2Forders#code=/);
  });

  it.each([
    'https://app.example.com/signed-in/../elsewhere',
    'https://app.example.com/signed-in/',
    'https://app.example.com/',
    'https://app.example.com:8443/signed-in',
    'http://app.example.com/signed-in',
    'https://app.example.com.evil.example/signed-in',
    'https://app.example.com@evil.example/signed-in',
    'https://ada@app.example.com/signed-in',
    'https://app.example.com/signed-in#code=forged',
    '//app.example.com/signed-in',
    'javascript:alert(1)',
    'https://app.example.com\\@evil.example/signed-in',
  ])('does not lead back to %s', async (redirectTo) => {
    expect(await start({ redirectTo })).toMatchObject(invalid('redirectTo', 'not_listed'));
  });

  it('takes a provider that is configured', async () => {
    expect(await start({ provider: 'nobody' })).toMatchObject(invalid('provider', 'not_listed'));
  });

  it('says when the provider does not answer', async () => {
    app.providers.acme.failure = 'unreachable';
    const answer = await start({ provider: 'acme' });
    app.providers.acme.failure = undefined;
    expect(answer).toMatchObject(refusal(502, 'provider_failed'));
  });
});

describe('the way back', () => {
  const cookie = { delivery: 'cookie', headers: { Origin } } as const;
  const expired = { error: 'sign_in_expired' };
  const atGoogle = (url: string) => app.providers.google.signIn(url, somebody());

  it('works once', async () => {
    const { url } = await begin(app);
    const back = atGoogle(url);
    expect(resultIn(await comeBack(app, back))).toEqual({ code: expect.any(String) });
    expect(resultIn(await comeBack(app, back))).toEqual(expired);
  });

  it('is for the browser that began', async () => {
    const [{ url }, other] = [await begin(app, cookie), await begin(app, cookie)];
    expect(resultIn(await comeBack(app, atGoogle(url)))).toEqual(expired);
    const { url: second } = await begin(app, cookie);
    expect(resultIn(await comeBack(app, atGoogle(second), other.headers))).toEqual(expired);
  });

  it('serves the tabs of one browser alike', async () => {
    const first = await begin(app, cookie);
    const second = await begin(app, { ...cookie, headers: first.headers });
    for (const { url } of [first, second]) {
      const { headers } = first;
      const code = await codeFor(app, { url, headers, binding: undefined }, somebody());
      expect(await exchange(app, { code, headers })).toMatchObject({ status: 200 });
    }
  });

  it('is not taken from another provider', async () => {
    const { url } = await begin(app);
    const back = atGoogle(url);
    back.pathname = back.pathname.replace('google', 'acme');
    expect(resultIn(await comeBack(app, back))).toEqual(expired);
  });

  it('is not taken after ten minutes', async () => {
    const { url } = await begin(app);
    app.clock.advance({ minutes: 10 });
    expect(resultIn(await comeBack(app, atGoogle(url)))).toEqual(expired);
  });

  it('says that the person said no, in words of ours', async () => {
    const { url } = await begin(app);
    const back = atGoogle(url);
    back.search = String(
      new URLSearchParams({
        state: back.searchParams.get('state') ?? '',
        error: 'access_denied',
        error_description: 'Sorry!',
      }),
    );
    const led = await comeBack(app, back);
    expect(resultIn(led)).toEqual({ error: 'access_denied' });
    expect(led.href).not.toContain('Sorry');
  });

  it.each(['unreachable', 'invalid_answer'] as const)(
    'says that nothing was proven: %s',
    async (failure) => {
      const { url } = await begin(app);
      const back = atGoogle(url);
      app.providers.google.failure = failure;
      const led = await comeBack(app, back);
      app.providers.google.failure = undefined;
      expect(resultIn(led)).toEqual({ error: 'provider_failed' });
      expect(await app.db('provenIdentities').where({ provider: 'none' })).toEqual([]);
    },
  );

  it('is not there for a provider that nobody configured', async () => {
    const response = await app.request('/api/v1/auth/oidc/callback/nobody?state=x');
    expect(response.status).toBe(404);
  });
});

describe('without a frontend', () => {
  const press = (code: string, headers: Record<string, string>) =>
    fetch(`${app.url}/account/provider-sign-in`, {
      method: 'POST',
      headers: { ...headers, Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams({ code }),
    });

  it('a page of ours signs the browser in, by its button and not before', async () => {
    const begun = await begin(app, { delivery: 'cookie', headers: { Origin } });
    const led = await comeBack(app, app.providers.google.signIn(begun.url), begun.headers);
    expect(led.href).toMatch(`${publicUrl}/account/provider-sign-in?code=`);
    const page = await fetch(app.url + led.pathname + led.search);
    expect(await page.text()).toContain('<input type="hidden" name="code"');
    const { code = '' } = resultIn(led);
    const pressed = await press(code, begun.headers);
    expect(pressed.status).toBe(200);
    expect(pressed.headers.getSetCookie()).toEqual([expect.stringMatching(/^session=/)]);
    expect(JSON.stringify(app.logs)).not.toContain(code);
  });

  it.each(['access_denied', 'sign_in_expired', 'provider_failed'])('it says: %s', async (error) => {
    const page = await fetch(`${app.url}/account/provider-sign-in?error=${error}`);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('Nobody was signed in');
  });
});
