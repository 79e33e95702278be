import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { useApp } from '../kit/app.ts';
import { aHolderOf } from '../kit/holder.ts';

const app = useApp({ RATE_LIMIT_WRITE_PER_MINUTE: '1000' });

it('whoever writes while a migration adds a column gets an answer, with a key for once or without', async () => {
  const { users } = await aHolderOf(app, 'users:manage', 'users:read');
  const create = () => {
    const username = `u-${randomUUID()}`;
    const body = { username, email: `${username}@example.com`, fullName: 'Ada' };
    return users.create({ body }, { idempotencyKey: randomUUID() });
  };
  const ids = await Promise.all(Array.from({ length: 8 }, async () => (await unwrap(create())).id));
  const write = () =>
    Promise.all([
      ...ids.map((userId) => users.update({ userId, body: { fullName: randomUUID() } })),
      ...ids.map(create),
    ]);
  // What is hot is prepared on several connections.
  await write();
  await app.db.raw('alter table users add column overtaken text');
  const statuses = (await write()).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 201]));
});
