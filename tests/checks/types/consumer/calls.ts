// What callers write, on every platform and as strictly as compilers can be told.
import {
  AnswerError,
  type AnyAnswer,
  bearer,
  type CallOptions,
  type Client,
  type CodeOf,
  type Connection,
  type Credentials,
  clientCredentials,
  cookie,
  createClient,
  fieldErrors,
  hooks,
  type Instant,
  isProblem,
  NetworkError,
  ProblemError,
  pagesOf,
  readThenChange,
  remembered,
  retry,
  type TokenStore,
  type Tokens,
  toArray,
  tokensAcrossTabs,
  tokensInMemory,
  unwrap,
  unwrapOr,
} from '@charter/client';
import {
  type Event,
  type EventOf,
  type EventType,
  eventTypes,
  isKnownEvent,
} from '@charter/client/events';
import type { User, UserPage } from '@charter/client/schemas';
import { type Visitor, visitorOf } from '@charter/client/server';
import {
  type FailureOf,
  type Key,
  meRemoveAvatarMutation,
  type Pages,
  type Query,
  usersGetKey,
  usersGetOptions,
  usersListInfiniteOptions,
} from '@charter/client/tanstack';
import {
  type UsersCreateAnswer,
  type UsersGetAnswer,
  type UsersListAnswer,
  usersGet,
  usersListAll,
} from '@charter/client/users';

declare const pageParam: string | undefined;
declare const timeoutMs: number | undefined;
declare const credentials: Credentials | undefined;
declare const held: Tokens | undefined;

export const connection: Connection = { baseUrl: '', credentials, fetch: undefined, timeoutMs };
export const options: CallOptions = { signal: undefined, timeoutMs: undefined };
const client: Client = createClient({ baseUrl: '', credentials: bearer(tokensInMemory(held)) });

/** As TanStack Query asks for the next page. */
export async function page(): Promise<UserPage> {
  return unwrap(client.users.list({ cursor: pageParam, search: undefined }, { timeoutMs }));
}

export async function pages(): Promise<string[]> {
  const names: string[] = [];
  for await (const user of client.users.listAll({ cursor: pageParam })) names.push(user.username);
  for await (const user of usersListAll(connection)) names.push(user.username);
  return names;
}

export async function refusal(): Promise<string> {
  const answer: UsersListAnswer = await client.users.list();
  if (answer.ok) return answer.body.nextCursor ?? '';
  const requestId: string | null = answer.headers.get('x-request-id');
  return answer.status === 429 ? `${requestId}` : answer.problem.code;
}

export async function changed(user: User): Promise<User> {
  const body = { username: 'ada', fullName: undefined };
  await client.users.update({ userId: user.id, body }, { signal: undefined });
  return unwrap(client.users.activate({ userId: user.id }));
}

/** Whatever a connection may have beside an address. */
export const careful: Client = client.with({
  headers: { 'x-tenant': 'acme', 'x-unset': undefined },
  signal: undefined,
  retry: retry({ attempts: 2, backoffMs: undefined }),
  hooks: hooks({
    onRequest: async () => ({ traceparent: undefined }),
    onResponse: ({ status }, { path, durationMs }) => `${path} ${status} ${durationMs}`,
    onDeprecated: ({ sunset }) => sunset?.getTime(),
  }),
});

export async function inPages(): Promise<readonly string[]> {
  const some = await toArray(careful.users.listAll({}, { maxItems: 5 }));
  for await (const { items } of pagesOf((next) => client.users.list({ ...next }))) {
    some.push(...items);
  }
  return some.map(({ username }) => username);
}

export async function tagged(roleId: string): Promise<Instant | undefined> {
  const read = remembered((ifNoneMatch) => client.roles.get({ roleId, ifNoneMatch }));
  const known = await read();
  const change = await readThenChange(
    () => client.roles.get({ roleId }),
    ({ body: { name }, etag }) => client.roles.update({ roleId, ifMatch: etag, body: { name } }),
  );
  const { createdAt } = await unwrap(change);
  return known.ok ? known.body.createdAt : createdAt;
}

/** Codes of the operation, and no others. */
export async function refused(email: string): Promise<User | 'taken' | number> {
  const create = () => client.users.create({ body: { email, username: email } });
  const code: CodeOf<UsersCreateAnswer> = 'username_taken';
  // @ts-expect-error creating refuses nothing so
  await unwrapOr(create(), { invalid_credentials: () => code });
  return unwrapOr(create(), {
    email_taken: (problem) => problem.code && ('taken' as const),
    username_taken: async ({ status }) => status,
  });
}

export function shown(error: unknown): string | undefined {
  if (!isProblem(error, 'email_taken', 'validation_failed')) return undefined;
  const code: 'email_taken' | 'validation_failed' = error.code;
  return fieldErrors(error, { email_taken: 'email' })['email']?.[0]?.message ?? code;
}

export async function tokens(identifier: string, password: string): Promise<string | undefined> {
  const body = { identifier, password, delivery: 'tokens' } as const;
  const signedIn = await unwrap(client.auth.login({ body }));
  // @ts-expect-error what was asked for by tokens is not answered by cookie
  if (signedIn.delivery === 'cookie') return undefined;
  return signedIn.delivery === 'tokens' ? signedIn.accessToken : signedIn.token;
}

/** A key in a header, as credentials of one's own. */
export const apiKey: Credentials = ({ send }): Promise<AnyAnswer> =>
  send({ headers: { 'x-api-key': 'secret' }, credentials: undefined });
export const ofProgram: Connection = {
  baseUrl: '',
  credentials: clientCredentials({ clientId: 'id', clientSecret: 'x', scopes: undefined }),
};
export const inBrowser: Connection = { baseUrl: '', credentials: cookie() };
export const inTabs: Connection = { baseUrl: '', credentials: bearer(tokensAcrossTabs()) };
export const store: TokenStore = { read: () => held, write: () => undefined };

export function told(error: unknown): string | undefined {
  if (error instanceof ProblemError) return error.errors[0]?.path ?? error.code;
  if (error instanceof AnswerError) return error.headers.get('content-type') ?? error.requestId;
  return error instanceof NetworkError ? error.message : undefined;
}

/** What a webhook or a stream brings. */
export function happened(event: Event | { type: 'tea.poured' }): string {
  if (!isKnownEvent(event)) return event.type;
  if (event.type === 'account.updated') return event.data.changed.join();
  const version: number = event.version;
  return `${event.id} ${version} ${event.timestamp}`;
}
export const ofKeys = ({ data }: EventOf<'api_key.created' | 'api_key.revoked'>): string | null =>
  data.serviceAccountId;
export const known: readonly EventType[] = eventTypes;

/** Options by shape, whichever TanStack Query is there; and a server that acts for who asks it. */
export const query: Query<UsersGetAnswer> = usersGetOptions(connection, { userId: '1' });
export const list: Pages<UsersListAnswer> = usersListInfiniteOptions(connection, {
  search: undefined,
});
export const key: Key = usersGetKey({ userId: '1' });
export async function optioned(failure: FailureOf<UsersGetAnswer>): Promise<string> {
  const user = await query.queryFn({ signal: undefined });
  await meRemoveAvatarMutation(connection).mutationFn();
  if ('code' in failure && failure.code === 'not_found') return failure.requestId;
  // @ts-expect-error no answer of the operation has it
  if ('code' in failure && failure.code === 'email_taken') return '';
  return list.getNextPageParam(await list.queryFn({ pageParam: undefined })) ?? user.username;
}
export const visitor: Visitor = visitorOf(
  { cookie: 'session=x', host: undefined, 'x-twice': ['a', 'b'] },
  { baseUrl: '', address: undefined, timeoutMs },
);
export const cookies: readonly string[] = visitor.setCookies;

export async function wrong(): Promise<void> {
  // @ts-expect-error the id is required, and undefined is none
  await usersGet(connection, { userId: undefined });
  // @ts-expect-error there is no such event
  ofKeys({} as EventOf<'account.sung'>);
  // @ts-expect-error not a sort order
  await client.users.list({ sort: 'email' });
  // @ts-expect-error null is not undefined
  await client.users.list({ cursor: null });
  // @ts-expect-error a time is a number
  await client.users.list({}, { timeoutMs: '5' });
}
