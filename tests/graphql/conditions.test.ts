import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { fieldOf, graphqlOf } from '../kit/graphql.ts';
import { anAdministrator, createUser, person, problem, type Tagged } from './administrator.ts';

const app = useApp();

describe('ifMatch', () => {
  const update = `mutation ($userId: ID!, $ifMatch: String, $input: UserChangesInput!) {
    updateUser(userId: $userId, ifMatch: $ifMatch, input: $input) {
      ... on User { etag fullName } ${problem}
    }
  }`;

  it('changes what nobody else has changed since it was seen', async () => {
    const { ask } = await anAdministrator(app);
    const { id: userId } = fieldOf<Tagged>(
      await ask(createUser, { input: person() }),
      'createUser',
    );
    const seen = await ask(`{ user(userId: "${userId}") { ... on User { etag } } }`);
    const { etag: ifMatch } = fieldOf<Tagged>(seen, 'user');
    const change = (fullName: string) => ask(update, { userId, ifMatch, input: { fullName } });
    const first = await change('Grace');
    expect(first.data).toMatchObject({ updateUser: { fullName: 'Grace' } });
    expect((await change('Ada')).data).toMatchObject({
      updateUser: { code: 'precondition_failed', status: 412 },
    });
    // What a change answers is what the next one may depend on.
    const { etag: newer } = fieldOf<Tagged>(first, 'updateUser');
    const next = await ask(update, { userId, ifMatch: newer, input: { fullName: null } });
    expect(next.data).toMatchObject({ updateUser: { fullName: null } });
  });

  it('is no condition where it is null, and a problem where it is no tag', async () => {
    const { ask } = await anAdministrator(app);
    const { id: userId } = fieldOf<Tagged>(
      await ask(createUser, { input: person() }),
      'createUser',
    );
    const input = { fullName: 'Grace' };
    const without = await ask(update, { userId, ifMatch: null, input });
    expect(without.data).toMatchObject({ updateUser: { fullName: 'Grace' } });
    const unquoted = await ask(update, { userId, ifMatch: 'unquoted', input });
    expect(unquoted.data).toMatchObject({ updateUser: { code: 'malformed_request', status: 400 } });
  });
});

describe('idempotencyKey', () => {
  it('does once what is sent again, and answers the same', async () => {
    const { ask } = await anAdministrator(app);
    const sent = { input: person(), idempotencyKey: randomUUID() };
    const first = await ask(createUser, sent);
    expect(first.data).toMatchObject({ createUser: { __typename: 'User' } });
    expect(await ask(createUser, sent)).toEqual(first);
    const other = await ask(createUser, { ...sent, input: person() });
    expect(other.data).toMatchObject({
      createUser: { code: 'idempotency_key_reused', status: 422 },
    });
    const broken = await ask(createUser, { ...sent, idempotencyKey: '"broken' });
    expect(broken.data).toMatchObject({
      createUser: { errors: [{ in: 'headers', path: 'idempotencyKey' }] },
    });
  });

  it('makes one of fifty at once', async () => {
    const { ask, userId: actor } = await anAdministrator(app);
    const sent = { input: person(), idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(createUser, sent)));
    const results = answers.map((answer) => fieldOf<Record<string, unknown>>(answer, 'createUser'));
    const ids = results.flatMap((result) =>
      result['__typename'] === 'User' ? [result['id']] : [],
    );
    expect(new Set(ids).size).toBe(1);
    const refused = results.filter((result) => result['__typename'] === 'Problem');
    expect(new Set(refused.map((result) => result['code']))).toEqual(
      new Set(refused.length > 0 ? ['idempotency_key_in_use'] : []),
    );
    expect(await app.db('users').where({ username: sent.input.username })).toHaveLength(1);
    const entries = app.db('auditEntries').where({ actor, operation: 'usersCreate' });
    expect(await entries).toHaveLength(1);
  });

  it('is an argument of a field, and not a header of them all', async () => {
    const { headers } = await anAdministrator(app);
    const ask = graphqlOf(app, { ...headers, 'Idempotency-Key': randomUUID(), 'If-Match': '"x"' });
    const ids = [];
    for (const input of [person(), person()]) {
      ids.push(fieldOf<Tagged>(await ask(createUser, { input }), 'createUser').id);
    }
    expect(new Set(ids).size).toBe(2);
  });
});
