// `@charter/client/server`: for servers, which act for their visitors, or for themselves.
import { sessionCookie } from './generated/session-cookie.ts';
import type { Connection } from './runtime/connection.ts';
import type { Fetch, FetchInit, HeadersShape } from './runtime/platform.ts';
import { headerOf, type ReceivedHeaders } from './runtime/received.ts';

export { type ClientCredentials, clientCredentials } from './runtime/client-credentials.ts';
export type { ReceivedHeaders } from './runtime/received.ts';

export interface VisitorOptions extends Omit<Connection, 'credentials'> {
  /**
   * The visitor's own address. The service counts and shows it where this server is among its
   * `TRUST_PROXY`; else all visitors share the address, and the limits, of this server.
   */
  readonly address?: string | undefined;
}

/** A connection that acts as a visitor of this server, for as long as their request takes. */
export interface Visitor extends Connection {
  /** What their browser has to keep or to forget, each for a `Set-Cookie` of its own. */
  readonly setCookies: readonly string[];
  /** Puts `setCookies` into the headers of the answer, and keeps it out of every cache. */
  finish(headers: AnswerHeadersShape): void;
}

/** The `Headers` of an answer. */
export interface AnswerHeadersShape {
  append(name: string, value: string): void;
  set(name: string, value: string): void;
}

/** What the service sets, over TLS with `__Host-` in front. The second: that a sign-in has begun. */
const ours = new Set([sessionCookie, 'sign-in']);

/**
 * Acts for whoever sent a request to this server. Make one for each request, and never keep it.
 *
 * - The cookies of the service go on, and no others: those are none of its business.
 * - `Origin` and `Sec-Fetch-Site` go on as the browser sent them. The service judges by them whether a
 *   page elsewhere is behind a change; to write them oneself would switch that off. The origin of this
 *   server's pages has to be among the service's `CORS_ORIGINS`.
 * - Nothing that a visitor is shown is kept for the next, whatever the platform does with `fetch`.
 */
export function visitorOf(
  request: ReceivedHeaders,
  { address, ...connection }: VisitorOptions,
): Visitor {
  const cookies = cookiesIn(headerOf(request, 'cookie') ?? '');
  const setCookies: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const headers = { ...init.headers, ...forwarded(request, address), ...written(cookies) };
    // Browsers refuse their fetch as a method of another object.
    const send = connection.fetch ?? globalThis.fetch;
    const response = await send(url, { ...init, headers, cache: 'no-store' } as FetchInit);
    for (const line of setCookiesIn(response.headers)) {
      setCookies.push(line);
      keep(cookies, line);
    }
    return response;
  };
  const finish = (headers: AnswerHeadersShape) => {
    for (const line of setCookies) headers.append('set-cookie', line);
    headers.set('cache-control', 'private, no-store');
  };
  return { ...connection, fetch, setCookies, finish };
}

/** What the service asks of a browser, and what the visitor sees in the list of their sign-ins. */
const told = ['origin', 'sec-fetch-site', 'user-agent'];

function forwarded(request: ReceivedHeaders, address: string | undefined): Record<string, string> {
  const given = told.map((name) => [name, headerOf(request, name)] as const);
  const all = [...given, ['x-forwarded-for', address] as const];
  const known = all.filter((each): each is [string, string] => each[1] !== undefined);
  return Object.fromEntries(known);
}

function cookiesIn(header: string): Map<string, string> {
  const pairs = header.split(';').map(pairOf);
  return new Map(pairs.filter(([name]) => ours.has(name.replace('__Host-', ''))));
}

function pairOf(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim(), value.join('=').trim()];
}

function written(cookies: ReadonlyMap<string, string>): Record<string, string> {
  const pairs = [...cookies].map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? { cookie: pairs.join('; ') } : {};
}

/** Each comes alone: `get` would join them, and a date in them has a comma. */
function setCookiesIn(headers: HeadersShape): string[] {
  const lines: string[] = [];
  headers.forEach((value, name) => {
    if (name === 'set-cookie') lines.push(value);
  });
  return lines;
}

/** The next call of the same request acts as what this one made of the visitor. */
function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const [name, value] = pairOf(pair);
  if (attributes.some((each) => /^\s*max-age=0$/i.test(each))) cookies.delete(name);
  else cookies.set(name, value);
}
