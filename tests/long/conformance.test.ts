import { expect, it } from 'vitest';
import { conform } from '../full/conforming.ts';
import { longProgress } from '../kit/long-progress.ts';
import { conformanceRequests, conformanceSeed } from './sizes.ts';

it(`answers are as the document says (CONFORMANCE_SEED=${conformanceSeed})`, async () => {
  const progress = longProgress('conformance', conformanceRequests);
  const { deviations, statuses, operations } = await conform(
    conformanceRequests,
    conformanceSeed,
    (done) => progress.at(done),
  );
  const answers = Object.entries(statuses).map(([status, times]) => `${times} × ${status}`);
  const good = [...operations.values()].filter((one) => one.good > 0).length;
  progress.end(
    `seed ${conformanceSeed}: ${answers.join(', ')}; ${good} of ${operations.size} operations answered well`,
  );
  expect(deviations).toEqual([]);
});
