import { describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { insertRole, roleIdOf } from '../kit/build.ts';
import { anAdministrator, person } from './administrator.ts';

const app = useApp();

describe('several mutations in one request', () => {
  it('are done in order, and each leaves an entry of its own', async () => {
    const { ask, userId: actor } = await anAdministrator(app);
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
    const { ask } = await anAdministrator(app);
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
