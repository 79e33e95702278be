import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { systemActor } from '../../../server/platform/auth/actor.ts';
import { useApp } from '../../kit/app.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { operations } from '../../kit/operations.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();

describe('an operation', () => {
  it('that asks for a recent sign-in says what it means to those who look back', () => {
    const silent = operations.filter(
      ({ access, marks }) => 'recentLogin' in access && !marks.safety && !marks.compliance,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

describe('what an operation is marked with', () => {
  it('stands on its entries and its lines, done or denied', async () => {
    const { headers } = await quickSession(app);
    const requestId = randomUUID();
    const { roles, sessions } = app.client(sending({ ...headers, 'x-request-id': requestId }));
    await roles.create({ body: { name: 'never-made' } });
    await unwrap(sessions.endOthers());
    const { audit } = await aHolderOf(app, 'audit:read');
    const marked = { safety: true, compliance: true };
    const mine = async (filters: object) => {
      const { items } = await unwrap(audit.list({ limit: 200, ...filters }));
      return items.filter((entry) => entry.requestId === requestId);
    };
    expect(await mine({ safety: true, compliance: true })).toMatchObject([
      { operation: 'rolesCreate', result: 'denied', ...marked },
    ]);
    expect(await mine({ safety: true, compliance: false })).toMatchObject([
      { operation: 'sessionsEndOthers', safety: true, compliance: false },
    ]);
    expect(await mine({ safety: false })).toEqual([]);
    await eventually(() => {
      const lines = app.logs.filter((line) => line.requestId === requestId);
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatchObject({ operation: 'roles.create', ...marked });
      expect(lines[1]).toMatchObject({ operation: 'sessions.endOthers', safety: true });
      expect(lines[1]).not.toHaveProperty('compliance');
    });
  });
});

describe('who acts as somebody else', () => {
  it('is the actor of the entry, for the account that is acted as', async () => {
    const [account, admin] = [randomUUID(), randomUUID()];
    const actor = { ...systemActor(account), kind: 'person', act: { id: admin } } as const;
    const target = { type: 'task', id: randomUUID() };
    await app.platform.change(actor, (tx) => tx.audit({ target }));
    const { audit } = await aHolderOf(app, 'audit:read');
    const found = async (filters: object) => (await unwrap(audit.list(filters))).items;
    const entry = { actor: admin, actingFor: account, targetId: target.id };
    expect(await found({ actingFor: account })).toMatchObject([entry]);
    expect(await found({ actor: admin, targetType: 'task' })).toMatchObject([entry]);
    expect(await found({ actor: account })).toEqual([]);
    expect(await found({ targetType: 'user', targetId: target.id })).toEqual([]);
  });
});
