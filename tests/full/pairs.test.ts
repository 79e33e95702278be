import { expect, it } from 'vitest';
import { startApp, useApp } from '../kit/app.ts';
import { damageOf, meet, meetingsOfThoseWhoMeet, roomForAll, slowWrites } from './meetings.ts';

const app = useApp(roomForAll);

it('no two changes wait for each other or spoil each other', async () => {
  // Found out beside it: every entry of this one is of a meeting.
  const aside = await startApp(roomForAll);
  const meetings = await meetingsOfThoseWhoMeet(aside);
  await aside.close();
  expect(meetings.length).toBeGreaterThan(1_000);
  await slowWrites(app);
  const outcomes = await meet(app, meetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 1_200_000);
