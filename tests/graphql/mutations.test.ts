import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { insertRole, roleIdOf } from '../kit/build.ts';
import { createPerson, newPerson } from '../kit/callers.ts';
import { fieldOf, graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
const problem = '... on Problem { code status errors { in path code } }';

async function anAdministrator(kind: 'cookie' | 'tokens' = 'tokens') {
  const session = await quickSession(app, { roles: ['admin'], kind });
  return { ...session, ask: graphqlOf(app, session.headers) };
}

const person = () => {
  const { email, username } = newPerson();
  return { email, username };
};
const createUser = `mutation ($input: NewUserInput!, $idempotencyKey: String) {
  createUser(input: $input, idempotencyKey: $idempotencyKey) {
    __typename ... on User { id username fullName etag roles { name } } ${problem}
  }
}`;

interface Tagged {
  readonly id: string;
  readonly etag: string | null;
}

describe('ifMatch', () => {
  const update = `mutation ($userId: ID!, $ifMatch: String, $input: UserChangesInput!) {
    updateUser(userId: $userId, ifMatch: $ifMatch, input: $input) {
      ... on User { etag fullName } ${problem}
    }
  }`;

  it('changes what nobody else has changed since it was seen', async () => {
    const { ask } = await anAdministrator();
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
    const { ask } = await anAdministrator();
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
    const { ask } = await anAdministrator();
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
    const { ask, userId: actor } = await anAdministrator();
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
    const { headers } = await anAdministrator();
    const ask = graphqlOf(app, { ...headers, 'Idempotency-Key': randomUUID(), 'If-Match': '"x"' });
    const ids = [];
    for (const input of [person(), person()]) {
      ids.push(fieldOf<Tagged>(await ask(createUser, { input }), 'createUser').id);
    }
    expect(new Set(ids).size).toBe(2);
  });
});

describe('several mutations in one request', () => {
  it('are done in order, and each leaves an entry of its own', async () => {
    const { ask, userId: actor } = await anAdministrator();
    const roleId = await roleIdOf(app, await insertRole(app, []));
    const { data, errors } = await ask(
      `mutation ($roleId: ID!) {
        first: grantPermission(roleId: $roleId, permission: users_read) { ...role }
        second: grantPermission(roleId: $roleId, permission: audit_read) { ...role }
        third: revokePermission(roleId: $roleId, permission: users_read) { ...role }
        refused: removeRole(roleId: $roleId, ifMatch: "\\"x\\"") { __typename ... on Problem { code } }
      }
      fragment role on Role { permissions }`,
      { roleId },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      first: { permissions: ['users_read'] },
      second: { permissions: expect.arrayContaining(['audit_read', 'users_read']) },
      third: { permissions: ['audit_read'] },
      refused: { __typename: 'Problem', code: 'precondition_failed' },
    });
    const entries = await app.db('auditEntries').where({ actor, result: 'done' }).orderBy('id');
    expect(
      entries.map(({ operation, targetId, origin }) => ({ operation, targetId, origin })),
    ).toEqual(
      ['rolesGrant', 'rolesGrant', 'rolesRevoke'].map((operation) => ({
        ...{ operation, targetId: roleId, origin: 'graphql' },
      })),
    );
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('show through relations what the ones before have changed', async () => {
    const { ask } = await anAdministrator();
    const name = await insertRole(app, []);
    const roleId = await roleIdOf(app, name);
    const { data } = await ask(
      `mutation ($input: NewUserInput!, $other: NewUserInput!, $roleId: ID!) {
        before: createUser(input: $input) { ... on User { roles { name permissions } } }
        grantPermission(roleId: $roleId, permission: users_read) { __typename }
        after: createUser(input: $other) { ... on User { roles { name permissions } } }
      }`,
      { roleId, input: { ...person(), roles: [name] }, other: { ...person(), roles: [name] } },
    );
    expect(data).toMatchObject({
      before: { roles: [{ name, permissions: [] }] },
      after: { roles: [{ name, permissions: ['users_read'] }] },
    });
  });
});

describe('a browser', () => {
  it('signs in and out by its cookie', async () => {
    const { username: identifier, password } = await createPerson(app);
    const send = (query: string, headers: Record<string, string>, variables = {}) =>
      app.request('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: app.config.http.publicUrl,
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
    const signedIn = await send(
      `mutation ($input: LoginInput!) {
        login(input: $input) { __typename ... on CookieSignIn { session { kind } } ${problem} }
      }`,
      {},
      { input: { identifier, password } },
    );
    const { data } = (await signedIn.json()) as { data: object };
    expect(data).toMatchObject({ login: { __typename: 'CookieSignIn' } });
    const [set = ''] = signedIn.headers.getSetCookie();
    expect(set).toMatch(/^session=[^;]+;.*HttpOnly/);
    const [cookie = ''] = set.split(';');
    const me = await send('{ me { username } }', { cookie });
    expect(await me.json()).toEqual({ data: { me: { username: identifier } } });

    const foreign = await send('mutation { logout { __typename } }', {
      cookie,
      origin: 'https://elsewhere.example',
    });
    expect(foreign.headers.getSetCookie()).toEqual([]);
    const signedOut = await send(`mutation { logout { __typename ${problem} } }`, { cookie });
    expect(await signedOut.json()).toEqual({ data: { logout: { __typename: 'Done' } } });
    expect(signedOut.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/),
    ]);
    const after = await send('{ me { username } }', { cookie });
    expect(await after.json()).toMatchObject({
      data: { me: null },
      errors: [{ path: ['me'], extensions: { code: 'unauthenticated', status: 401 } }],
    });
  });
});

describe('what is given', () => {
  it('is judged by the schema of the contract, field by field of the input', async () => {
    const { ask } = await anAdministrator();
    const input = { ...person(), email: 'nowhere', password: '', roles: ['x', ''] };
    const answer = await ask(createUser, { input });
    expect(answer.data).toMatchObject({ createUser: { code: 'validation_failed', status: 422 } });
    const { errors } = fieldOf<{ errors: { in: string; path: string }[] }>(answer, 'createUser');
    expect(errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['email', 'password', 'roles.0', 'roles.1']),
    );
    expect(new Set(errors.map((one) => one.in))).toEqual(new Set(['body']));
  });

  it('of a query, by the names of its arguments', async () => {
    const { ask } = await anAdministrator();
    const paths = async (query: string) => {
      const { errors = [] } = await ask(query);
      const found = errors[0]?.extensions?.['errors'] as { path: string }[];
      return found.map(({ path }) => path);
    };
    expect(await paths('{ users(first: 1000) { __typename } }')).toEqual(['first']);
    expect(await paths('{ users(after: "nowhere") { __typename } }')).toEqual(['after']);
    expect(await paths('{ users(role: "") { __typename } }')).toEqual(['role']);
    expect(await paths('{ user(userId: "nobody") { __typename } }')).toEqual(['userId']);
  });

  it('may be null or left out, and then is not there', async () => {
    const { ask } = await anAdministrator();
    const query = `query ($search: String, $sort: UsersSort, $first: Int) {
      users(search: $search, sort: $sort, first: $first) { nodes { __typename } }
    }`;
    for (const variables of [undefined, {}, { search: null, sort: null, first: null }]) {
      expect((await ask(query, variables)).errors).toBeUndefined();
    }
    const changed = await ask('mutation { updateMe(input: {}) { __typename } }');
    const without = await ask('mutation { updateMe { __typename } }');
    const asNull = await ask('mutation { updateMe(input: null) { __typename } }');
    expect([changed.data, without.data, asNull.data]).toEqual(
      Array.from({ length: 3 }, () => ({ updateMe: { __typename: 'Me' } })),
    );
  });

  it('is refused before anything is done where the schema does not know it', async () => {
    const { ask, userId: actor } = await anAdministrator();
    const unknown = [
      'mutation { createRole(input: { name: "a-role", colour: "red" }) { __typename } }',
      'mutation { createRole(input: { name: "a-role", permissions: [users_fly] }) { __typename } }',
      'mutation { createRole(input: { name: "a-role", permissions: ["users:read"] }) { __typename } }',
      'mutation { createRole(input: { name: 7 }) { __typename } }',
      'mutation { createRole { __typename } }',
      'mutation { createRole(input: null) { __typename } }',
    ];
    for (const query of unknown) {
      const { data, errors } = await ask(query);
      expect([data, errors?.length], query).toEqual([undefined, 1]);
    }
    const variable = `mutation ($input: NewRoleInput!) { createRole(input: $input) { __typename } }`;
    const wrong = await ask(variable, { input: { name: 'a-role', permissions: ['users:read'] } });
    expect([wrong.data, wrong.errors?.length]).toEqual([undefined, 1]);
    expect(await app.db('auditEntries').where({ actor })).toEqual([]);
  });

  it('spells words of a list as names, both ways', async () => {
    const { ask } = await anAdministrator();
    const { data } = await ask(
      `mutation ($input: NewRoleInput!) {
        createRole(input: $input) { ... on Role { permissions } ${problem} }
      }`,
      {
        input: {
          name: `r-${randomUUID()}`,
          permissions: ['service_accounts_manage', 'users_read'],
        },
      },
    );
    expect(data).toEqual({
      createRole: { permissions: ['service_accounts_manage', 'users_read'] },
    });
    const ordered = await ask('{ roles(sort: createdAt_desc, first: 1) { nodes { name } } }');
    expect(ordered.errors).toBeUndefined();
  });
});
