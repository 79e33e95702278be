import { type Client, type Credentials, unwrap } from '../../client/index.ts';
import type { TestApp } from './app.ts';
import type { Person } from './callers.ts';

/** Sends exactly these headers with each call: no token is kept, none is refreshed. */
export function sending(headers: Record<string, string>): Credentials {
  return ({ send }) => send({ headers });
}

/** A client with this access token and nothing else. */
export function withToken(app: TestApp, accessToken: string): Client {
  return app.client(sending({ authorization: `Bearer ${accessToken}` }));
}

/** Signs somebody in as a browser does: the cookie, and a client on a page of our own. */
export async function openBrowser(app: TestApp, person: Person) {
  const { username: identifier, password } = person;
  const body = { identifier, password, delivery: 'cookie' } as const;
  const answer = await app.client().auth.login({ body });
  await unwrap(answer);
  const [cookie = ''] = answer.headers.getSetCookie().join().split(';');
  const secret = cookie.slice(cookie.indexOf('=') + 1);
  const client = app.client(sending({ cookie, origin: app.config.http.publicUrl }));
  return { client, cookie, secret };
}

let addresses = 0;

/** An address from which nobody has called yet. The app must trust the loopback as its proxy. */
export function newAddress(): string {
  addresses += 1;
  return `198.18.${Math.floor(addresses / 250)}.${addresses % 250}`;
}
