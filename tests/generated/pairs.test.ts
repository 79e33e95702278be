import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { closeMeetings, damageOf, meet, roomForAll, slowWrites } from './pairs.ts';

const app = useApp(roomForAll);

// Everything else that changes something, and more rounds: tests/full/pairs.test.ts.
it('no two changes of accounts and roles wait for each other or spoil each other', async () => {
  await slowWrites(app);
  const outcomes = await meet(app, closeMeetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 240_000);
