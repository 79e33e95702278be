import { expect, it } from 'vitest';
import { fuzz } from '../full/fuzzing.ts';
import { longProgress } from '../kit/long-progress.ts';
import { fuzzRequests, fuzzSeed } from './sizes.ts';

it(`odd requests are no mistake of ours, and take no memory (FUZZ_SEED=${fuzzSeed})`, async () => {
  const progress = longProgress('fuzz', fuzzRequests);
  const { failures, statuses, peakMb } = await fuzz(fuzzRequests, fuzzSeed, (done) =>
    progress.at(done),
  );
  const answers = Object.entries(statuses).map(([status, times]) => `${times} × ${status}`);
  progress.end(`seed ${fuzzSeed}: ${answers.join(', ')}; RSS at most ${peakMb.toFixed(0)} MB`);
  expect(failures).toEqual([]);
});
