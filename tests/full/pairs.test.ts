import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { allMeetings, damageOf, meet, roomForAll, slowWrites } from './meetings.ts';

const app = useApp(roomForAll);
it('no two changes wait for each other or spoil each other', async () => {
  await slowWrites(app);
  // Every call waits at its first write for the last one: a second round would be the same again.
  const outcomes = await meet(app, allMeetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 600_000);
