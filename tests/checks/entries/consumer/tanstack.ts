// The options of @charter/client/tanstack with the real query-core; react-query is in react.ts.
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { type Connection, ProblemError } from '@charter/client';
import { createMock, examples } from '@charter/client/msw';
import {
  everyKey,
  invalidateNouns,
  meGetOptions,
  meRemoveAvatarMutation,
  rolesListOptions,
  usersCreateMutation,
  usersGetKey,
  usersGetOptions,
  usersKey,
  usersListInfiniteOptions,
  usersListKey,
  usersListOptions,
} from '@charter/client/tanstack';
import { authLogoutMutation } from '@charter/client/tanstack/auth';
import { MutationCache, MutationObserver, QueryClient, QueryObserver } from '@tanstack/query-core';
import { http } from 'msw';
import { setupServer } from 'msw/node';

const connection: Connection = { baseUrl: 'https://api.example.com' };
const mock = createMock(http, connection);
const server = setupServer(...mock.handlers);
server.listen({ onUnhandledFrame: 'error' });

const client = new QueryClient({
  mutationCache: new MutationCache({ onSuccess: invalidateNouns }),
  defaultOptions: { queries: { retryDelay: 0, staleTime: Number.POSITIVE_INFINITY } },
});
const isStale = (queryKey: readonly unknown[]) => client.getQueryState(queryKey)?.isInvalidated;

// A query answers the body, and is kept under its key.
const user = await client.fetchQuery(usersGetOptions(connection, { userId: '1' }));
deepEqual(user, examples.User);
const keyOf = (userId: string) => usersGetOptions(connection, { userId }).queryKey;
deepEqual(client.getQueryData(keyOf('1')), user);
equal(client.getQueryData(keyOf('2')), undefined);

// Another service, and somebody else at the same one, has its own.
const elsewhere = usersGetOptions({ baseUrl: 'https://other.example.com' }, { userId: '1' });
const another = usersGetOptions({ ...connection, cacheName: 'grace' }, { userId: '1' });
equal(client.getQueryData(elsewhere.queryKey), undefined);
equal(client.getQueryData(another.queryKey), undefined);
equal(client.getQueryCache().findAll({ queryKey: usersGetKey({ userId: '1' }) }).length, 1);
equal(client.getQueryCache().findAll({ queryKey: usersGetKey({ userId: '2' }) }).length, 0);

// A refusal is thrown with its code, and is not asked for again.
let asked = 0;
server.use(
  mock.users.get(() => {
    asked += 1;
    return { status: 404, code: 'not_found' };
  }),
);
const missing = client.fetchQuery(usersGetOptions(connection, { userId: '3' }));
await rejects(
  missing,
  (error: unknown) => error instanceof ProblemError && error.code === 'not_found',
);
// `fetchQuery` asks once whatever `retry` says; an observer does as it says.
asked = 0;
const observer = new QueryObserver(client, usersGetOptions(connection, { userId: '4' }));
const refusal = await new Promise<unknown>((resolve) =>
  observer.subscribe(({ error }) => error && resolve('code' in error && error.code)),
);
observer.destroy();
equal(refusal, 'not_found');
equal(asked, 1);

// What failed is asked for four times.
let failures = 0;
server.use(
  mock.me.get(() => {
    failures += 1;
    return failures < 4
      ? { status: 503, code: 'service_unavailable' }
      : { status: 200, body: examples.Me };
  }),
);
const patient = new QueryObserver(client, meGetOptions(connection));
await new Promise<void>((resolve) => patient.subscribe(({ isSuccess }) => isSuccess && resolve()));
patient.destroy();
equal(failures, 4);

// Pages follow each other by their cursor, apart from the one page under the same input.
const pagesAsked: unknown[] = [];
server.use(
  mock.users.list(({ input, example }) => {
    pagesAsked.push(input);
    return { status: 200, body: { ...example, nextCursor: input.cursor ? null : 'two' } };
  }),
);
const list = { search: 'ada' };
const { pages } = await client.fetchInfiniteQuery({
  ...usersListInfiniteOptions(connection, list),
  pages: 5,
});
equal(pages.length, 2);
deepEqual(pagesAsked, [list, { ...list, cursor: 'two' }]);
await client.fetchQuery(usersListOptions(connection, list));
equal(pagesAsked.length, 3);
equal(client.getQueryCache().findAll({ queryKey: usersListKey() }).length, 2);
equal(client.getQueryCache().findAll({ queryKey: usersListKey({ search: 'grace' }) }).length, 0);

// A change asks anew for its noun, and for nothing else; a download for nothing.
await client.fetchQuery(rolesListOptions(connection));
const creating = new MutationObserver(client, usersCreateMutation(connection));
const created = await creating.mutate({ body: { email: 'a@example.com', username: 'ada' } });
deepEqual(created, examples.User);
ok(isStale(keyOf('1')));
equal(isStale(rolesListOptions(connection).queryKey), false);

// A mutation of a refused input is not tried again, and throws.
server.use(mock.users.create({ status: 409, code: 'email_taken' }));
const taken = new MutationObserver(client, usersCreateMutation(connection));
await rejects(taken.mutate({ body: { email: 'a@example.com', username: 'ada' } }), {
  code: 'email_taken',
});

// One without an input, and one that makes somebody else of the caller.
await new MutationObserver(client, meRemoveAvatarMutation(connection)).mutate();
equal(isStale(rolesListOptions(connection).queryKey), false);
await new MutationObserver(client, authLogoutMutation(connection)).mutate();
ok(isStale(rolesListOptions(connection).queryKey));
ok(client.getQueryCache().findAll({ queryKey: everyKey }).length > 3);
ok(client.getQueryCache().findAll({ queryKey: usersKey }).length >= 3);

// Whoever leaves aborts what is under way.
const begun = Promise.withResolvers<void>();
const aborted = Promise.withResolvers<void>();
server.use(
  mock.roles.list(async ({ request, example }) => {
    request.signal.addEventListener('abort', () => aborted.resolve());
    begun.resolve();
    await aborted.promise;
    return { status: 200, body: example };
  }),
);
const leaving = new QueryObserver(client, rolesListOptions(connection, { limit: 3 }));
const leave = leaving.subscribe(() => {});
await begun.promise;
leave();
await aborted.promise;

client.clear();
server.close();
process.stdout.write('TanStack Query does as it is told.\n');
