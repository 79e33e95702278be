import { expect, it } from 'vitest';
import { startApp, useApp } from '../kit/app.ts';
import { damageOf, meet, meetingsOfThoseWhoMeet, roomForAll, slowWrites } from './meetings.ts';

const app = useApp(roomForAll);

it('no two changes wait for each other or spoil each other', async () => {
  // Found out beside it: every entry of this one is of a meeting.
  const aside = await startApp(roomForAll);
  // Every second one: `npm run test:long` has all of them, and several times.
  const meetings = (await meetingsOfThoseWhoMeet(aside)).filter((_, at) => at % 2 === 0);
  await aside.close();
  expect(meetings.length).toBeGreaterThan(500);
  await slowWrites(app);
  const outcomes = await meet(app, meetings);
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 1_200_000);
