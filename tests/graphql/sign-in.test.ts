import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { createPerson } from '../kit/callers.ts';
import { problem } from './administrator.ts';

const app = useApp();

it('a browser signs in and out by its cookie', async () => {
  const { username: identifier, password } = await createPerson(app);
  const send = (query: string, headers: Record<string, string>, variables = {}) =>
    app.request('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: app.config.http.publicUrl,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
  const signedIn = await send(
    `mutation ($input: LoginInput!) {
      login(input: $input) { __typename ... on CookieSignIn { session { kind } } ${problem} }
    }`,
    {},
    { input: { identifier, password } },
  );
  const { data } = (await signedIn.json()) as { data: object };
  expect(data).toMatchObject({ login: { __typename: 'CookieSignIn' } });
  const [set = ''] = signedIn.headers.getSetCookie();
  expect(set).toMatch(/^session=[^;]+;.*HttpOnly/);
  const [cookie = ''] = set.split(';');
  const me = await send('{ me { username } }', { cookie });
  expect(await me.json()).toEqual({ data: { me: { username: identifier } } });

  const foreign = await send('mutation { logout { __typename } }', {
    cookie,
    origin: 'https://elsewhere.example',
  });
  expect(foreign.headers.getSetCookie()).toEqual([]);
  const signedOut = await send(`mutation { logout { __typename ${problem} } }`, { cookie });
  expect(await signedOut.json()).toEqual({ data: { logout: { __typename: 'Done' } } });
  expect(signedOut.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/),
  ]);
  const after = await send('{ me { username } }', { cookie });
  expect(await after.json()).toMatchObject({
    data: { me: null },
    errors: [{ path: ['me'], extensions: { code: 'unauthenticated', status: 401 } }],
  });
});
