import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { allMeetings, damageOf, meet, roomForAll, slowWrites } from './meetings.ts';

const app = useApp(roomForAll);

it('no two changes wait for each other or spoil each other', async () => {
  await slowWrites(app);
  const outcomes = await meet(app, allMeetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 1_200_000);
