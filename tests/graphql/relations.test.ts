import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertRole, insertUser } from '../kit/build.ts';
import { fieldOf, graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';
import { type CountedApp, startCountedApp } from '../kit/statements.ts';

let app: CountedApp;
const everything = ['users:read', 'users:manage', 'roles:read', 'audit:read'] as const;

beforeAll(async () => {
  app = await startCountedApp();
});
afterAll(() => app.close());

/** How many statements the second of two equal requests costs: by then the caller is known. */
async function statementsOf(headers: Record<string, string>, query: string): Promise<number> {
  const ask = () => graphqlOf(app, headers)(query);
  expect(await ask()).toMatchObject({ status: 200, data: expect.anything() });
  return (await app.statementsDuring(ask)).length;
}

/** Entries by so many people, each acting for another one. */
async function entriesBy(people: number, operation: string): Promise<void> {
  const now = app.clock.now();
  const ids = Array.from({ length: 2 * people }, () => randomUUIDv7());
  const accounts = ids.map((id) => ({ id, email: `${id}@example.com`, username: id }));
  await app
    .db('users')
    .insert(accounts.map((account) => ({ ...account, createdAt: now, updatedAt: now })));
  const rows = Array.from({ length: people }, (_, index) => ({
    ...{ id: randomUUIDv7(), at: app.clock.now(), operation, origin: 'http', result: 'done' },
    ...{ actor: ids[index], actingFor: ids[people + index], changed: [] },
  }));
  await app.db('auditEntries').insert(rows);
}

describe('the statements of a page do not grow with it', () => {
  it('users and their roles', async () => {
    const { headers } = await quickSession(app, { permissions: [...everything] });
    for (let count = 0; count < 50; count += 1) {
      await insertUser(app, { roles: ['member', await insertRole(app, ['users:read'])] });
    }
    const page = (first: number) =>
      `{ users(first: ${first}) { nodes { ... on User { id roles { name permissions } } } } }`;
    const costs = [];
    for (const first of [2, 50]) costs.push(await statementsOf(headers, page(first)));
    // The page; the roles with what they grant.
    expect(costs).toEqual([2, 2]);
  });

  it('sessions and whose they are', async () => {
    const { headers, userId } = await quickSession(app, { permissions: [...everything] });
    const query = '{ sessions { id user { ... on User { id username } } } }';
    const alone = await statementsOf(headers, query);
    const [row] = await app.db('sessions').where({ userId });
    const more = Array.from({ length: 20 }, (_, at) => ({
      ...row,
      ...{ id: randomUUIDv7(), secretHash: `${at}`.padStart(64, '0') },
    }));
    await app.db('sessions').insert(more);
    expect([alone, await statementsOf(headers, query)]).toEqual([2, 2]);
    const found = fieldOf<unknown[]>(await graphqlOf(app, headers)(query), 'sessions');
    expect(found).toHaveLength(21);
    expect(found).toEqual(
      Array.from({ length: 21 }, () => ({
        ...{ id: expect.any(String), user: expect.objectContaining({ id: userId }) },
      })),
    );
  });

  it('audit entries, who acted, and as whom', async () => {
    const { headers } = await quickSession(app, { permissions: [...everything] });
    const operation = 'testedBatch';
    await entriesBy(100, operation);
    const page = (first: number) => `{
      auditEntries(first: ${first}, operation: "${operation}") {
        nodes { actor actingFor actorUser { ...who } actingForUser { ...who } }
      }
    } fragment who on UserView { ... on User { id } }`;
    const costs = [await statementsOf(headers, page(2)), await statementsOf(headers, page(100))];
    // The page with where its entries came from; the accounts, up to 200 at once.
    expect(costs).toEqual([costs[0], costs[0]]);
    await entriesBy(100, operation);
    // 400 accounts take one statement more.
    expect(await statementsOf(headers, page(200))).toBe((costs[0] ?? 0) + 1);
    const answer = await graphqlOf(app, headers)(page(200));
    const { nodes } = fieldOf<{ nodes: Record<string, unknown>[] }>(answer, 'auditEntries');
    expect([nodes.length, answer.errors]).toEqual([200, undefined]);
    for (const { actor, actingFor, actorUser, actingForUser } of nodes) {
      expect([actorUser, actingForUser]).toEqual([{ id: actor }, { id: actingFor }]);
    }
  });
});

describe('what a relation leads to', () => {
  it('is null, with an error beside it, for whoever may not see such things', async () => {
    const { headers } = await quickSession(app, { permissions: ['users:read', 'users:manage'] });
    const page = (first: number) =>
      `{ users(first: ${first}, role: "member") { nodes { ... on User { id roles { name } } } } }`;
    const answer = await graphqlOf(app, headers)(page(3));
    const { errors } = answer;
    const { nodes } = fieldOf<{ nodes: object[] }>(answer, 'users');
    expect(nodes).toEqual(nodes.map(() => ({ id: expect.any(String), roles: null })));
    expect(errors).toHaveLength(3);
    expect(errors?.[0]).toMatchObject({
      path: ['users', 'nodes', 0, 'roles'],
      extensions: { code: 'permission_denied', status: 403 },
    });
    // It is denied once, whatever was to be loaded, and leaves one entry in the audit.
    expect(await statementsOf(headers, page(1))).toBe(await statementsOf(headers, page(20)));
  });

  it('is null without one where it is not there, or no account', async () => {
    const { headers, userId } = await quickSession(app, {
      permissions: ['users:read', 'audit:read'],
    });
    const { id: inactive } = await insertUser(app, { deactivatedAt: app.clock.now() });
    const entry = { at: app.clock.now(), origin: 'http', result: 'done', changed: [] };
    const operation = 'testedActors';
    const actors = [userId, inactive, randomUUIDv7(), 'anonymous', 'system:test'];
    const rows = actors.map((actor) => ({ ...entry, id: randomUUIDv7(), operation, actor }));
    await app.db('auditEntries').insert(rows);
    const answer = await graphqlOf(
      app,
      headers,
    )(`{
      auditEntries(operation: "${operation}") {
        nodes { actor actorUser { ... on User { id } ... on UserSummary { id } } }
      }
    }`);
    const { nodes } = fieldOf<{ nodes: { actor: string; actorUser: unknown }[] }>(
      answer,
      'auditEntries',
    );
    expect(answer.errors).toBeUndefined();
    const found = new Map(nodes.map(({ actor, actorUser }) => [actor, actorUser]));
    expect(found).toEqual(
      new Map(actors.map((actor) => [actor, actor === userId ? { id: userId } : null])),
    );
  });

  it('is what it is by itself, and the same thing is loaded once', async () => {
    const { headers, userId } = await quickSession(app, { permissions: [...everything] });
    const { data } = await graphqlOf(
      app,
      headers,
    )(`{
      user(userId: "${userId}") { ... on User { roles { id name permissions description } } }
      me { roles { id name permissions description } }
      roles(first: 200) { nodes { id name permissions description } }
    }`);
    const { me, user, roles } = data as Record<'me' | 'user', { roles: unknown[] }> & {
      roles: { nodes: unknown[] };
    };
    expect(me.roles).toHaveLength(1);
    expect(me.roles).toEqual(user.roles);
    expect(roles.nodes).toEqual(expect.arrayContaining(me.roles));
  });
});
