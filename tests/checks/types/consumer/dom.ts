// Where the project knows the DOM, or Node: its own fetch, signals and headers fit.
import { type Connection, createClient, type Fetch, unwrap } from '@charter/client';
import { createMock, examples, type Http } from '@charter/client/msw';
import type { User } from '@charter/client/schemas';
import { visitorOf } from '@charter/client/server';
import { usersList } from '@charter/client/users';

export const connections: readonly Connection[] = [
  { baseUrl: '', fetch },
  { baseUrl: '', fetch: globalThis.fetch },
  { baseUrl: '', fetch: (url, init) => fetch(url, { ...init, redirect: 'error' }) },
  { baseUrl: '', fetch: async () => new Response('{}', { headers: { etag: '"1"' } }) },
];
export const own: Fetch = fetch;

export async function signals(connection: Connection): Promise<void> {
  const { signal } = new AbortController();
  await usersList(connection, {}, { signal });
  await usersList(connection, {}, { signal: AbortSignal.any([signal, AbortSignal.timeout(5)]) });
  // @ts-expect-error not a signal
  await usersList(connection, {}, { signal: {} });
}

export async function headers(connection: Connection): Promise<Headers> {
  const answer = await createClient(connection).me.get();
  return new Headers(answer.headers);
}

export async function user(connection: Connection): Promise<User> {
  return unwrap(createClient(connection).users.activate({ userId: '1' }));
}

// @ts-expect-error what it answers is no response
export const wrong: Connection = { baseUrl: '', fetch: async () => ({ status: 200 }) };

/** As msw makes a handler, and a server finishes an answer. */
declare const http: Http<string>;
export const handlers: readonly string[] = createMock(http).handlers;
export const handler: string = createMock(http, { baseUrl: undefined }).users.get(({ input }) =>
  input.userId === '1'
    ? { status: 200, body: examples.User, headers: undefined }
    : { status: 404, code: 'not_found', detail: undefined },
);
export function page(request: Request): Response {
  const response = new Response('');
  visitorOf(request.headers, { baseUrl: '' }).finish(response.headers);
  return response;
}
