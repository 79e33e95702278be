import { unwrap } from '../../client/index.ts';
import type { TestApp } from './app.ts';
import { newPerson } from './callers.ts';
import { sending } from './credentials.ts';
import type { FakeProvider, Somebody } from './fake-provider.ts';

type Headers = Record<string, string>;

interface Wanted {
  readonly delivery?: 'cookie' | 'tokens';
  readonly redirectTo?: string;
  readonly provider?: FakeProvider;
  /** What the caller sends, such as a cookie of before. */
  readonly headers?: Headers;
}

/** A sign-in that has begun, in the browser or program that began it. */
export interface Begun {
  readonly url: string;
  readonly binding: string | undefined;
  /** What the browser sends from now on. */
  readonly headers: Headers;
}

let people = 0;

/** Somebody at the provider, whom nobody here knows. */
export function somebody() {
  people += 1;
  const { email, username } = newPerson();
  const profile = { fullName: 'Ada Lovelace', username: username.slice(0, 40) };
  return { subject: `subject-${people}`, email, profile };
}

/** Begins to sign in with a provider. */
export async function begin(app: TestApp, wanted: Wanted = {}): Promise<Begun> {
  const { delivery = 'tokens', redirectTo, provider = app.providers.google, headers = {} } = wanted;
  const body = { provider: provider.name, delivery, ...(redirectTo && { redirectTo }) };
  const answer = await app.client(sending(headers)).oidc.start({ body });
  const { url, binding } = await unwrap(answer);
  return { url, binding, headers: withCookie(headers, answer.headers.getSetCookie()) };
}

/** Begins to link an identity to the account of a caller. */
export async function beginLink(app: TestApp, { provider, headers = {} }: Wanted): Promise<Begun> {
  const body = { provider: (provider ?? app.providers.google).name };
  const answer = await app.client(sending(headers)).oidc.startLink({ body });
  const { url, binding } = await unwrap(answer);
  return { url, binding, headers: withCookie(headers, answer.headers.getSetCookie()) };
}

/** Comes back from the provider; where the browser is led then. */
export async function comeBack(app: TestApp, back: URL, headers: Headers = {}): Promise<URL> {
  const { cookie, Cookie = cookie } = headers;
  const sent = { ...(Cookie && { cookie: Cookie }) };
  const init = { headers: sent, redirect: 'manual' } as const;
  const { status, headers: told } = await app.request(back.pathname + back.search, init);
  if (status !== 303) throw new Error(`The callback answered ${status}`);
  return new URL(told.get('location') ?? '');
}

/** What a frontend reads from the address that it is called by. */
export function resultIn({ hash, searchParams }: URL): { code?: string; error?: string } {
  return Object.fromEntries(hash ? new URLSearchParams(hash.slice(1)) : searchParams);
}

/** All the way until the code is there. */
export async function proveAs(
  app: TestApp,
  somebody: Somebody,
  wanted: Wanted = {},
): Promise<Begun & { code: string }> {
  const begun = await begin(app, wanted);
  return { ...begun, code: await codeFor(app, begun, somebody, wanted.provider) };
}

/** From the provider with a code. */
export async function codeFor(
  app: TestApp,
  { url, headers }: Begun,
  somebody: Somebody,
  provider: FakeProvider = app.providers.google,
): Promise<string> {
  const led = await comeBack(app, provider.signIn(url, somebody), headers);
  const { code, error } = resultIn(led);
  if (code === undefined) throw new Error(`The sign-in came back with ${error}`);
  return code;
}

export function exchange(
  app: Pick<TestApp, 'client'>,
  { code, binding, headers }: { code: string; binding?: string | undefined; headers: Headers },
) {
  const body = { code, ...(binding !== undefined && { binding }) };
  return app.client(sending(headers)).oidc.exchange({ body });
}

/** Signs in with a provider, by tokens unless it is said otherwise. */
export async function signInAs(app: TestApp, somebody: Somebody, wanted: Wanted = {}) {
  return exchange(app, await proveAs(app, somebody, wanted));
}

/** The same, for somebody who has no second factor. */
export async function signedInAs(app: TestApp, somebody: Somebody, wanted: Wanted = {}) {
  const answer = await unwrap(signInAs(app, somebody, wanted));
  if (answer.delivery === 'none') throw new Error('It asks for a second factor');
  return answer;
}

function withCookie(headers: Headers, set: readonly string[]): Headers {
  const [cookie = ''] = set.map((one) => one.split(';', 1).join());
  if (cookie === '') return headers;
  const { Cookie, ...rest } = headers;
  return { ...rest, Cookie: Cookie === undefined ? cookie : `${Cookie}; ${cookie}` };
}
