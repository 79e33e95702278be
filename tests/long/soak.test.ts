import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { longProgress } from '../kit/long-progress.ts';
import { type Sample, soak } from '../kit/soak.ts';
import { soakFaults, soakRequests } from './sizes.ts';

/** Above this it has grown; below it, the collector moves pages to and fro. */
const flatWithinShare = 0.1;

it('mixed requests with faults between: all are answered, what was acknowledged is there, and memory is flat', async () => {
  const progress = longProgress('soak', soakRequests);
  const soaked = await soak({
    requests: soakRequests,
    faults: soakFaults,
    onStep: (done, { rssMb, heapMb }) =>
      progress.at(done, `RSS ${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(0)} MB`),
  });
  const { book, statuses, samples, seconds, outages, peakMb } = soaked;
  const [rss, heap] = [flatness(samples, 'rssMb'), flatness(samples, 'heapMb')];
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
  expect(rss.late).toBeLessThanOrEqual(rss.early * (1 + flatWithinShare));
  expect(heap.late).toBeLessThanOrEqual(heap.early * (1 + flatWithinShare));
});

/** The median of the last quarter beside that of the second: the first is warming up. */
function flatness(samples: readonly Sample[], of: 'rssMb' | 'heapMb') {
  const quarter = Math.floor(samples.length / 4);
  const median = (part: readonly Sample[]) =>
    part.map((sample) => sample[of]).toSorted((one, other) => one - other)[part.length >> 1] ?? 0;
  return {
    early: median(samples.slice(quarter, 2 * quarter)),
    late: median(samples.slice(-quarter)),
  };
}

function told({ early, late }: { early: number; late: number }): string {
  return `${early.toFixed(1)} → ${late.toFixed(1)}`;
}
