import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { useApp } from '../../kit/app.ts';
import { sending } from '../../kit/credentials.ts';
import { type QuickSession, quickSession } from '../../kit/quick-session.ts';

const app = useApp();

const clientOf = ({ headers }: QuickSession) => app.client(sending(headers));
const activityOf = async (caller: QuickSession) =>
  (await unwrap(clientOf(caller).me.listActivity())).items;

/** An entry as it would be written by others than the API. */
async function insertEntry(entry: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  app.clock.advance({ seconds: 1 });
  const usual = { at: app.clock.now(), operation: 'usersUpdate', result: 'done' };
  await app.db('auditEntries').insert({ id, ...usual, ...entry });
  await app.db('auditOrigins').insert({ entryId: id, address: '203.0.113.9', userAgent: 'Odd/1' });
  return id;
}

describe('me.listActivity', () => {
  it('shows what the caller did, with the sign-in and the address', async () => {
    const caller = await quickSession(app);
    await unwrap(clientOf(caller).me.update({ body: { fullName: 'Ada' } }));
    expect(await activityOf(caller)).toMatchObject([
      {
        operation: 'meUpdate',
        by: 'self',
        sessionId: caller.sessionId,
        changed: ['fullName'],
        address: '127.0.0.1',
        userAgent: 'node',
      },
    ]);
  });

  it('shows what somebody else did to the account, and nothing of who it was', async () => {
    const [caller, admin] = [
      await quickSession(app),
      await quickSession(app, { roles: ['admin'] }),
    ];
    const { userId } = caller;
    await unwrap(clientOf(admin).users.update({ userId, body: { fullName: 'Eve' } }));
    const [entry] = await activityOf(caller);
    expect(entry).toMatchObject({
      operation: 'usersUpdate',
      by: 'other',
      changed: ['fullName'],
      reason: null,
      sessionId: null,
      address: null,
      userAgent: null,
    });
    expect(JSON.stringify(entry)).not.toContain(admin.userId);
    expect((await activityOf(admin)).map(({ by }) => by)).toEqual(['self']);
  });

  it('shows what was done in its name, once, and what was tried from outside', async () => {
    const caller = await quickSession(app);
    const target = { targetType: 'user', targetId: caller.userId };
    const reason = 'asked for by telephone';
    await insertEntry({ actor: randomUUID(), actingFor: caller.userId, reason, ...target });
    const denied = { result: 'denied', reason: 'invalid_credentials', operation: 'authLogin' };
    await insertEntry({ actor: 'anonymous', ...denied, ...target });
    await insertEntry({ actor: 'system:retention', reason: 'deletedAt', ...target });
    const { userId: actor } = caller;
    await insertEntry({ actor, actingFor: randomUUID(), reason, ...target });
    expect(await activityOf(caller)).toMatchObject([
      { by: 'self', reason, address: '203.0.113.9' },
      { by: 'system', reason: 'deletedAt' },
      { by: 'anonymous', reason: 'invalid_credentials', address: '203.0.113.9' },
      { by: 'other', reason: null, address: null },
    ]);
  });

  it('shows nothing of what others were refused, or did elsewhere', async () => {
    const caller = await quickSession(app);
    const { userId: targetId } = caller;
    const denied = { result: 'denied', reason: 'permission_denied' };
    await insertEntry({ actor: randomUUID(), ...denied, targetType: 'user', targetId });
    await insertEntry({ actor: randomUUID(), targetType: 'user', targetId: randomUUID() });
    await insertEntry({ actor: randomUUID(), targetType: 'role', targetId });
    expect(await activityOf(caller)).toEqual([]);
  });

  it('pages through all of it, in either order and between two instants', async () => {
    const caller = await quickSession(app);
    const { userId } = caller;
    const ids: string[] = [];
    for (const actor of [userId, randomUUID(), userId]) {
      ids.push(await insertEntry({ actor, targetType: 'user', targetId: userId }));
    }
    const { me } = clientOf(caller);
    const walk = (query: object) =>
      Array.fromAsync(me.listActivityAll({ limit: 1, ...query }), ({ id }) => id);
    expect(await walk({})).toEqual(ids.toReversed());
    expect(await walk({ sort: 'at' })).toEqual(ids);
    expect(await walk({ before: app.clock.now().toISOString() })).toEqual([ids[1], ids[0]]);
    expect(await walk({ from: app.clock.now().toISOString() })).toEqual([ids[2]]);
    const { total } = await unwrap(me.listActivity({ includeTotal: true }));
    expect(total).toBe(3);
  });
});
