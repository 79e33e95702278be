import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { fieldOf } from '../kit/graphql.ts';
import { anAdministrator, createUser, person, problem } from './administrator.ts';

const app = useApp();

describe('what is given', () => {
  it('is judged by the schema of the contract, field by field of the input', async () => {
    const { ask } = await anAdministrator(app);
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
    const { ask } = await anAdministrator(app);
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
    const { ask } = await anAdministrator(app);
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
    const { ask, userId: actor } = await anAdministrator(app);
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
    const { ask } = await anAdministrator(app);
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
