import { beforeEach, describe, expect, it } from 'vitest';
import { RoleTable } from '../../../server/features/roles/role-table.ts';
import { Caches } from '../../../server/platform/cache/caches.ts';
import type { Revocation } from '../../../server/platform/revocations/revocations.ts';
import { TestClock } from '../../kit/clock.ts';
import { useConnection } from '../../kit/database.ts';
import { eventually } from '../../kit/eventually.ts';
import { countWaiting } from '../../kit/outage.ts';

const db = useConnection();
const clock = new TestClock();
const admin = '00000000-0000-7000-8000-000000000001';
const member = '00000000-0000-7000-8000-000000000002';

const world = {} as { table: RoleTable; revoke: (kind?: Revocation['kind']) => void };

beforeEach(async () => {
  const hears: ((revocation: Revocation) => void)[] = [];
  const revocations = { onRevoked: (hear: (of: Revocation) => void) => void hears.push(hear) };
  const table = new RoleTable({ db: db(), caches: new Caches({ clock, revocations }) });
  const revoke = (kind: Revocation['kind'] = 'roles') => {
    for (const hear of hears) hear({ kind, subject: null });
  };
  await setGrants('users:read');
  Object.assign(world, { table, revoke });
});

/** By hand, without a revocation. */
async function setGrants(...permissions: string[]): Promise<void> {
  await db()('role_permissions').where({ role_id: member }).delete();
  const rows = permissions.map((permission) => ({ role_id: member, permission }));
  if (rows.length > 0) await db()('role_permissions').insert(rows);
}

const memberMay = async () => [...(await world.table.grantedBy([member])).permissions];

describe('the role table', () => {
  it('says what roles are called and grant together', async () => {
    const { roles, permissions } = await world.table.grantedBy([member, admin]);
    expect(roles).toEqual(['admin', 'member']);
    expect(permissions).toContain('roles:manage');
    expect([...permissions].filter((name) => name === 'users:read')).toHaveLength(1);
    expect(await world.table.grantedBy([])).toEqual({
      roles: [],
      permissions: new Set(),
      requiresSecondFactor: false,
    });
  });

  it('answers one object to all who have the same roles', async () => {
    const one = await world.table.grantedBy([member, admin]);
    expect(await world.table.grantedBy([admin, member])).toBe(one);
    expect(await world.table.grantedBy([admin])).not.toBe(one);
  });

  it('is read once, until a role is revoked', async () => {
    expect(await memberMay()).toEqual(['users:read']);
    await setGrants();
    for (const kind of ['session', 'user', 'keys'] as const) world.revoke(kind);
    expect(await memberMay()).toEqual(['users:read']);
    world.revoke();
    expect(await memberMay()).toEqual([]);
  });

  it('notices a change by hand after a minute', async () => {
    await memberMay();
    await setGrants();
    // Up to a tenth earlier: processes that read at once do not read again at once.
    clock.advance({ seconds: 53 });
    expect(await memberMay()).toEqual(['users:read']);
    clock.advance({ seconds: 7 });
    expect(await memberMay()).toEqual([]);
  });

  it('is read once for all who ask at the same time, also when it is too old', async () => {
    for (const _ of ['never read', 'too old']) {
      const asked = [1, 2, 3].map(() => world.table.grantedBy([member]));
      const [first, ...others] = await Promise.all(asked);
      for (const other of others) expect(other).toBe(first);
      clock.advance({ seconds: 61 });
    }
  });

  it('looks again for a role that it does not know', async () => {
    await memberMay();
    const [id, at] = ['01994c1e-7a00-7d10-8a39-2b7cb6a4c001', clock.now()];
    const row = { id, name: 'new', description: null, created_at: at, updated_at: at };
    await db()('roles').insert(row);
    expect((await world.table.grantedBy([id, member])).roles).toEqual(['member', 'new']);
    await db()('roles').where({ id }).delete();
    world.revoke();
    expect((await world.table.grantedBy([id, member])).roles).toEqual(['member']);
  });
});

describe('a reading that was under way while a role was revoked', () => {
  it('is not remembered', async () => {
    const lock = await db().transaction();
    await lock.raw('lock table role_permissions in access exclusive mode');
    const early = memberMay();
    world.revoke();
    await lock.commit();
    await early;
    await setGrants();
    expect(await memberMay()).toEqual([]);
  });

  it('is not waited for by whoever asks afterwards', async () => {
    const lock = await db().transaction();
    await lock.raw('lock table role_permissions in access exclusive mode');
    const early = memberMay();
    world.revoke();
    const late = memberMay();
    await eventually(async () => expect(await countWaiting({ db: db() })).toBe(2));
    await lock.commit();
    expect(await Promise.all([early, late])).toEqual([['users:read'], ['users:read']]);
  });
});

describe('a reading that fails', () => {
  it('is tried again by the next who asks', async () => {
    const rename = (from: string, to: string) => db().raw(`alter table ${from} rename to ${to}`);
    await rename('roles', 'roles_away');
    await expect(memberMay()).rejects.toThrow('does not exist');
    await rename('roles_away', 'roles');
    expect(await memberMay()).toEqual(['users:read']);
  });
});
