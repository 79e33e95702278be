import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { damageOf, meet, meetingsOfThoseWhoMeet, roomForAll, slowWrites } from './meetings.ts';

const app = useApp(roomForAll);

it('no two changes wait for each other or spoil each other', async () => {
  const meetings = await meetingsOfThoseWhoMeet(app);
  expect(meetings.length).toBeGreaterThan(1_000);
  await slowWrites(app);
  const outcomes = await meet(app, meetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 1_200_000);
