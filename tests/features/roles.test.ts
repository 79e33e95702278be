import { describe, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { useApp } from '../kit/app.ts';
import { aMember, anAdministrator } from '../kit/callers.ts';

const app = useApp();

describe('a role edit', () => {
  it('works on the next request of everybody with the role', async () => {
    const admin = await anAdministrator(app);
    const member = await aMember(app);
    const role = await unwrap(
      admin.client.roles.create({ body: { name: `r-${Date.now()}`, permissions: ['audit:read'] } }),
    );
    expect((await member.client.audit.list()).status).toBe(403);
    await unwrap(admin.client.users.assignRole({ roleId: role.id, userId: member.id }));
    expect((await member.client.audit.list()).status).toBe(200);
    await unwrap(admin.client.roles.revoke({ roleId: role.id, permission: 'audit:read' }));
    expect((await member.client.audit.list()).status).toBe(403);
    await unwrap(admin.client.sessions.endOthers());
    const entries = await unwrap(admin.client.audit.list({ actor: admin.id }));
    expect(entries.items.map(({ operation }) => operation)).toEqual([
      'sessionsEndOthers',
      'rolesRevoke',
      'usersAssignRole',
      'rolesCreate',
      'authLogin',
    ]);
    await unwrap(
      admin.client.me.changePassword({ body: { newPassword: 'another good passphrase' } }),
    );
    await unwrap(admin.client.auth.revoke({ body: { token: admin.tokens().refreshToken } }));
    expect((await admin.client.me.get()).status).toBe(401);
    expect((await admin.client.users.list()).status).toBe(401);
  });
});
