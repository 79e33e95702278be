import { expect, it } from 'vitest';
import { createClient, type Fetch, unwrap } from '../../client/index.ts';
import { type ReceivedHeaders, visitorOf } from '../../client/server.ts';
import { useApp } from '../kit/app.ts';
import { createPerson, type Person } from '../kit/callers.ts';
import { openBrowser } from '../kit/credentials.ts';

const origin = 'http://web.charter.test';
const app = useApp({ CORS_ORIGINS: origin, TRUST_PROXY: 'loopback' });

/** What the page's server sent to the service. */
const sent: { url: string; headers: Record<string, string>; cache: unknown }[] = [];

const fetchTold: Fetch = (url, init) => {
  const { cache } = init as { cache?: unknown };
  sent.push({ url, headers: init.headers, cache });
  return app.request(url.slice(app.url.length), init as RequestInit);
};

function actingFor(headers: ReceivedHeaders, address?: string) {
  const visitor = visitorOf(headers, { baseUrl: app.url, fetch: fetchTold, address });
  return { visitor, client: createClient(visitor) };
}

function signInOf({ username: identifier, password }: Person) {
  return { body: { identifier, password, delivery: 'cookie' as const } };
}

it('shows each visitor their own account, and keeps nothing for the next', async () => {
  const people = [await createPerson(app), await createPerson(app)];
  const cookies = await Promise.all(
    people.map(async (person) => (await openBrowser(app, person)).cookie),
  );
  const shown = await Promise.all(
    cookies.map((cookie) => unwrap(actingFor(new Headers({ cookie })).client.me.get())),
  );
  expect(shown.map(({ username }) => username)).toEqual(people.map(({ username }) => username));
  expect(await actingFor({}).client.me.get()).toMatchObject({ status: 401 });
  expect(sent.map(({ cache }) => cache)).toEqual(sent.map(() => 'no-store'));
});

it('hands on the cookies of the service and no others', async () => {
  const { cookie } = await openBrowser(app, await createPerson(app));
  const all = `theme=dark; ${cookie}; __Host-other=x; session2=y; sign-in=z; nonsense; =`;
  await unwrap(actingFor({ Cookie: all }).client.me.get());
  expect(sent.at(-1)?.headers).toMatchObject({ cookie: `${cookie}; sign-in=z` });
  await actingFor({ cookie: 'theme=dark' }).client.health.check();
  expect(sent.at(-1)?.headers).not.toHaveProperty('cookie');
});

it('signs a visitor in and out: the next call is theirs, and so is the cookie', async () => {
  const person = await createPerson(app);
  const { visitor, client } = actingFor({ origin });
  await unwrap(client.auth.login(signInOf(person)));
  expect(await unwrap(client.me.get())).toMatchObject({ username: person.username });
  expect(visitor.setCookies).toEqual([expect.stringMatching(/^session=.+HttpOnly/)]);

  const headers = new Headers({ 'cache-control': 'public, max-age=60' });
  visitor.finish(headers);
  expect(headers.getSetCookie()).toEqual(visitor.setCookies);
  expect(headers.get('cache-control')).toBe('private, no-store');

  await unwrap(client.auth.logout());
  expect(visitor.setCookies).toHaveLength(2);
  expect(visitor.setCookies[1]).toMatch(/^session=; .*Max-Age=0/);
  expect(await client.me.get()).toMatchObject({ status: 401 });
  expect(sent.at(-1)?.headers).not.toHaveProperty('cookie');
});

it.each([
  ['a page elsewhere', { origin: 'http://evil.test' }, 403],
  ['a link from elsewhere', { 'sec-fetch-site': 'cross-site' }, 403],
  ['something that tells no origin', {}, 403],
  ['a page of this server', { origin }, 200],
])('lets the service judge what is behind a change: %s', async (_, told, status) => {
  const { cookie } = await openBrowser(app, await createPerson(app));
  const { client } = actingFor({ cookie, ...told });
  expect(await client.me.update({ body: { fullName: 'Ada' } })).toMatchObject({ status });
});

it('tells whose browser it is, and from where', async () => {
  const person = await createPerson(app);
  const address = '198.51.100.7';
  const { client } = actingFor({ origin, 'user-agent': ['Firefox', 'x'] }, address);
  const signedIn = await unwrap(client.auth.login(signInOf(person)));
  expect(signedIn).toMatchObject({ session: { userAgent: 'Firefox', address } });
});
