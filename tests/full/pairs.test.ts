import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { allMeetings, damageOf, meet, type Outcome, roomForAll, slowWrites } from './meetings.ts';

const app = useApp(roomForAll);
const rounds = 2;

it('no two changes wait for each other or spoil each other, in any round', async () => {
  await slowWrites(app);
  const outcomes: Outcome[] = [];
  for (let round = 0; round < rounds; round += 1) outcomes.push(...(await meet(app, allMeetings)));
  expect(await damageOf(app, outcomes)).toEqual([]);
}, 600_000);
