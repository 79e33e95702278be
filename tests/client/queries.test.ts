import { describe, expect, it } from 'vitest';
import type { Problem } from '../../client/generated/schemas.ts';
import {
  authLogoutMutation,
  everyKey,
  invalidateNouns,
  type Mutation,
  usersCreateMutation,
  usersGetAvatarMutation,
  usersGetKey,
  usersGetOptions,
  usersKey,
  usersListInfiniteOptions,
  usersListKey,
  usersListOptions,
} from '../../client/generated/tanstack.ts';
import {
  AnswerError,
  retry as clientRetry,
  NetworkError,
  ProblemError,
} from '../../client/index.ts';

// What the real libraries make of it is tried by `npm run check:entries`.

const baseUrl = 'http://charter.test';
const connection = { baseUrl };
const input = { userId: '1' };
const options = usersGetOptions(connection, input);

describe('a key', () => {
  it('begins with those of its operation, its noun and everything', () => {
    expect(options.queryKey).toEqual(['charter', 'users', 'get', input, connection.baseUrl]);
    expect(usersGetKey(input)).toEqual(options.queryKey.slice(0, -1));
    expect(usersGetKey()).toEqual(['charter', 'users', 'get']);
    expect(usersKey).toEqual(['charter', 'users']);
    expect(everyKey).toEqual(['charter']);
  });

  it('is another one for pages than for a page of the same input', () => {
    const pages = usersListInfiniteOptions(connection).queryKey;
    expect(usersListOptions(connection).queryKey).toEqual([...usersListKey({}), baseUrl]);
    expect(pages).toEqual([...usersListKey({}), baseUrl, 'pages']);
  });

  it('is another one of another service, or for whom somebody else asks', () => {
    const keyOf = (other: object) => usersGetOptions({ ...connection, ...other }, input).queryKey;
    const others = [{ baseUrl: '' }, { cacheName: 'ada' }, { cacheName: 'grace' }];
    expect(new Set([{}, ...others].map((other) => keyOf(other).at(-1)))).toEqual(
      new Set([baseUrl, '', 'ada', 'grace']),
    );
    // A page that a server has rendered goes on in a browser, which knows another address.
    expect(keyOf({ baseUrl: '', cacheName: 'a' })).toEqual(keyOf({ cacheName: 'a' }));
  });
});

describe('a failure', () => {
  const refused = (status: number) => new ProblemError({ status, code: 'x' } as unknown as Problem);
  const odd = (status: number) => new AnswerError('odd', { status, headers: new Headers() });

  it.each<[string, object, boolean]>([
    ['without an answer', new NetworkError('gone', {}), true],
    ['of the service', refused(503), true],
    ['of a proxy', odd(502), true],
    ['that refuses', refused(404), false],
    ['for being too many', refused(429), false],
    ['of whoever is in front', odd(407), false],
    ['of the program', new TypeError('no function'), false],
  ])('%s is worth another try: %s', (_, error, isWorth) => {
    const retry = options.retry as (failures: number, error: object) => boolean;
    expect([retry(0, error), retry(2, error), retry(3, error)]).toEqual([isWorth, isWorth, false]);
  });
});

it('is left to the connection where that tries again by itself', () => {
  const { retry } = usersGetOptions({ ...connection, retry: clientRetry() }, input);
  expect(retry(0, new NetworkError('gone', {}))).toBe(false);
});

describe('a mutation', () => {
  async function asksAnewFor(options: Pick<Mutation<never, never>, 'meta'> | object) {
    const asked: unknown[] = [];
    const client = {
      invalidateQueries: async ({ queryKey }: { queryKey: unknown }) => void asked.push(queryKey),
    };
    await invalidateNouns(undefined, undefined, undefined, { options }, { client });
    return asked;
  }

  it('asks anew for its noun, for everything after signing in or out, and for nothing that it only read', async () => {
    expect(await asksAnewFor(usersCreateMutation(connection))).toEqual([usersKey]);
    expect(await asksAnewFor(authLogoutMutation(connection))).toEqual([everyKey]);
    expect(await asksAnewFor(usersGetAvatarMutation(connection))).toEqual([]);
  });

  it('asks anew for what somebody names instead, and for nothing where it is not ours', async () => {
    const meta = { invalidates: [usersKey, ['mine']] };
    expect(await asksAnewFor({ ...usersCreateMutation(connection), meta })).toEqual([
      usersKey,
      ['mine'],
    ]);
    expect(await asksAnewFor({ mutationKey: ['mine'] })).toEqual([]);
  });
});
