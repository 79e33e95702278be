import { randomUUIDv7 } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { sending } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
let reader: Client;
let manager: Client;

beforeAll(async () => {
  reader = await aHolderOf(app, 'users:read');
  manager = await aHolderOf(app, 'users:read', 'users:manage');
});

async function idsOf(client: Client, ...ids: string[]): Promise<string[]> {
  const { items } = await unwrap(client.users.byIds({ ids: ids.join() }));
  return items.map(({ id }) => id).sort();
}

const unknownIds = (count: number) => Array.from({ length: count }, () => randomUUIDv7());

describe('accounts by their ids', () => {
  it('are shown as they are by themselves: summaries, or in full', async () => {
    const { id: userId } = await insertUser(app, { roles: [await insertRole(app, [])] });
    for (const client of [reader, manager]) {
      const { items } = await unwrap(client.users.byIds({ ids: userId }));
      expect(items).toEqual([await unwrap(client.users.get({ userId }))]);
    }
  });

  it('are those that there are, and that the caller may see', async () => {
    const { id: active } = await insertUser(app);
    const { id: inactive } = await insertUser(app, { deactivatedAt: app.clock.now() });
    const { id: removed } = await insertUser(app, { deletedAt: app.clock.now() });
    const asked = [active, inactive, removed, randomUUIDv7()];
    expect(await idsOf(reader, ...asked)).toEqual([active]);
    expect(await idsOf(manager, ...asked)).toEqual([active, inactive].sort());
    expect(await idsOf(reader, randomUUIDv7())).toEqual([]);
  });

  it('are answered once, however often and however they are spelled', async () => {
    const { id } = await insertUser(app);
    expect(await idsOf(reader, id, id, id)).toEqual([id]);
    expect(await idsOf(reader, id, id.toUpperCase())).toEqual([id]);
  });

  it('are 200 at most', async () => {
    const { id } = await insertUser(app);
    const most = [id, ...unknownIds(199)];
    expect(await idsOf(reader, ...most)).toEqual([id]);
    // What is asked for twice counts once.
    expect(await idsOf(reader, ...most.slice(0, 199), id)).toEqual([id]);
    const tooMany = [...most, randomUUIDv7()].join();
    expect(await reader.users.byIds({ ids: tooMany })).toMatchObject(
      refusal(422, 'validation_failed', { in: 'query', path: 'ids' }),
    );
  });

  it.each(['', ',', 'x', `${randomUUIDv7()},`, `${randomUUIDv7()}, ${randomUUIDv7()}`, "'; --"])(
    'must be ids: %j',
    async (ids) => {
      expect(await reader.users.byIds({ ids })).toMatchObject(
        refusal(422, 'validation_failed', { in: 'query' }),
      );
    },
  );

  it('are for whoever may read accounts', async () => {
    const { headers, userId } = await quickSession(app, { permissions: ['roles:read'] });
    const answer = await app.client(sending(headers)).users.byIds({ ids: userId });
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });
});
