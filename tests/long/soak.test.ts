import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { longProgress } from '../kit/long-progress.ts';
import { soak } from '../kit/soak.ts';
import { soakFaults, soakRequests } from './sizes.ts';

/** What a collection leaves of the heap has grown above this: something is kept. */
const heapWithinShare = 0.1;
/** The system's view: the collector takes memory before it looks for some, and gives it back later. */
const rssWithinShare = 0.25;

it('mixed requests with faults between: all are answered, what was acknowledged is there, and memory is flat', async () => {
  const progress = longProgress('soak', soakRequests);
  const soaked = await soak({
    requests: soakRequests,
    faults: soakFaults,
    onStep: (done, { rssMb, heapMb }) =>
      progress.at(done, `RSS ${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(0)} MB`),
  });
  const { book, statuses, samples, seconds, outages, peakMb } = soaked;
  const rss = quarters(
    samples.map(({ rssMb }) => rssMb),
    median,
  );
  const heap = quarters(
    samples.map(({ heapMb }) => heapMb),
    least,
  );
  const changes = `${book.changes.length} changes, ${book.count('acknowledged')} acknowledged`;
  const memory = `RSS ${told(rss)}, at most ${peakMb.toFixed(0)}; heap ${told(heap)} MB`;
  const answers = Object.entries(statuses).map(([status, times]) => `${times} × ${status}`);
  const summary = `${seconds.toFixed(0)} s, ${answers.join(', ')}; ${soakFaults} faults, ${outages} outages; ${changes}; ${memory}`;
  progress.end(summary);
  if (process.env.SOAK_FIGURES) {
    await writeFile(process.env.SOAK_FIGURES, JSON.stringify({ summary, samples }, null, 2));
  }

  expect(Object.keys(statuses).filter((status) => !/^(20[01]|503)$/.test(status))).toEqual([]);
  expect(outages).toBeGreaterThan(0);
  expect(rss.late).toBeLessThanOrEqual(rss.early * (1 + rssWithinShare));
  expect(heap.late).toBeLessThanOrEqual(heap.early * (1 + heapWithinShare));
});

type Measure = (values: readonly number[]) => number;
const least: Measure = (values) => Math.min(...values);
const median: Measure = (values) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

/** The last quarter beside the second: the first is warming up. */
function quarters(values: readonly number[], measure: Measure) {
  const quarter = Math.floor(values.length / 4);
  return {
    early: measure(values.slice(quarter, 2 * quarter)),
    late: measure(values.slice(-quarter)),
  };
}

function told({ early, late }: { early: number; late: number }): string {
  return `${early.toFixed(1)} → ${late.toFixed(1)}`;
}
