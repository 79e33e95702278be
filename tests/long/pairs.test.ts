import { expect, it } from 'vitest';
import { allMeetings, damageOf, meet, roomForAll, slowWrites } from '../full/meetings.ts';
import { startApp } from '../kit/app.ts';
import { longProgress } from '../kit/long-progress.ts';
import { pairRounds } from './sizes.ts';

it('no two changes wait for each other or spoil each other, round after round', async () => {
  const progress = longProgress('pairs', pairRounds);
  for (let round = 1; round <= pairRounds; round += 1) {
    // A database of its own: what one round has left shall not be in the way of the next.
    const app = await startApp(roomForAll);
    await slowWrites(app);
    const outcomes = await meet(app, allMeetings);
    expect(await damageOf(app, outcomes)).toEqual([]);
    await app.close();
    progress.at(round);
  }
  progress.end(`${pairRounds} rounds of ${allMeetings.length} meetings`);
});
