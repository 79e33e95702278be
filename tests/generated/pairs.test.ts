import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { closeMeetings, damageOf, meet, slowWrites } from './pairs.ts';

const app = useApp({ DATABASE_POOL_SIZE: '40' });

// Everything else that changes something, and more rounds: tests/full/pairs.test.ts.
it('no two changes of accounts and roles wait for each other or spoil each other', async () => {
  await slowWrites(app);
  const outcomes = await meet(app, closeMeetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
  expect(outcomes).toHaveLength(closeMeetings.length * 4);
}, 60_000);
