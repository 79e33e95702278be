import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startApp, type TestApp } from '../kit/app.ts';
import { insertRole, roleIdOf } from '../kit/build.ts';
import { countWaiting } from '../kit/collide.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

async function anApp(): Promise<TestApp> {
  const app = await startApp();
  onTestFinished(() => app.close());
  return app;
}

const query = `mutation ($roleId: ID!, $one: NewRoleInput!, $other: NewRoleInput!) {
  first: grantPermission(roleId: $roleId, permission: users_read) { ...told }
  second: createRole(input: $one) { ...told }
  third: createRole(input: $other) { ...told }
}
fragment told on Role { permissions }`;

/** Three changes, of which the first waits for a lock: it has begun, and the others have not. */
async function held(app: TestApp) {
  const { headers, userId: actor } = await quickSession(app, { roles: ['admin'] });
  const roleId = await roleIdOf(app, await insertRole(app, []));
  const names = [`role-${randomUUID()}`, `role-${randomUUID()}`];
  const [one, other] = names.map((name) => ({ name }));
  const lock = await app.db.transaction();
  onTestFinished(async () => void (lock.isCompleted() || (await lock.rollback())));
  await lock('roles').where({ id: roleId }).forUpdate();
  return {
    headers,
    variables: { roleId, one, other },
    release: () => lock.commit(),
    /** Until the first one waits. */
    waits: () => eventually(async () => expect(await countWaiting(app)).toBe(1)),
    /** What became of them. */
    done: async () => ({
      audit: await app.db('auditEntries').where({ actor }).orderBy('id').pluck('operation'),
      grants: await app.db('role_permissions').where({ roleId }).pluck('permission'),
      made: await app.db('roles').whereIn('name', names).pluck('name'),
    }),
  };
}

const firstAlone = { audit: ['rolesGrant'], grants: ['users:read'], made: [] };

it('a caller who leaves stops what has not begun; what has begun is done, and whole', async () => {
  const app = await anApp();
  const { headers, variables, release, waits, done } = await held(app);
  const leaving = new AbortController();
  const answer = fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  await waits();
  leaving.abort();
  await expect(answer).rejects.toThrow('abort');
  const line = { route: '/graphql', status: 499, performed: ['roles.grant'] };
  await eventually(() => expect(app.logs).toContainEqual(expect.objectContaining(line)));
  await release();
  await eventually(async () => expect((await done()).audit).not.toEqual([]));
  // Had the next one begun, it would have come as far as this one comes after it.
  const { headers: another } = await quickSession(app, { roles: ['admin'] });
  const later = 'mutation ($input: NewRoleInput!) { createRole(input: $input) { __typename } }';
  const input = { name: `role-${randomUUID()}` };
  expect((await graphqlOf(app, another)(later, { input })).errors).toBeUndefined();
  expect(await done()).toEqual(firstAlone);
});

it('after its time a request begins nothing, and tells what it has done before', async () => {
  const app = await anApp();
  const { headers, variables, release, waits, done } = await held(app);
  const answer = graphqlOf(app, headers)(query, variables);
  await waits();
  const now = performance.now.bind(performance);
  const later = vi.spyOn(performance, 'now');
  onTestFinished(() => later.mockRestore());
  later.mockImplementation(() => now() + app.config.graphql.timeoutMs);
  await release();
  const { status, data, errors } = await answer;
  expect([status, data]).toEqual([
    200,
    { first: { permissions: ['users_read'] }, second: null, third: null },
  ]);
  const late = { code: 'service_unavailable', retryAfterSeconds: 2 };
  expect(errors).toMatchObject([
    { path: ['second'], extensions: late },
    { path: ['third'], extensions: late },
  ]);
  expect(await done()).toEqual(firstAlone);
});

it('what fails on our side hides nothing that was done before it', async () => {
  const app = await anApp();
  const { headers } = await quickSession(app, { roles: ['admin'] });
  await app.db.raw('alter table webhook_endpoints rename to elsewhere');
  const input = { name: `role-${randomUUID()}` };
  const { data, errors } = await graphqlOf(app, headers)(
    `mutation ($input: NewRoleInput!, $webhookId: ID!) {
      createRole(input: $input) { ... on Role { name } }
      removeWebhook(webhookId: $webhookId) { __typename }
    }`,
    { input, webhookId: randomUUID() },
  );
  expect(data).toEqual({ createRole: input, removeWebhook: null });
  expect(errors).toMatchObject([{ extensions: { code: 'internal_error', status: 500 } }]);
});
