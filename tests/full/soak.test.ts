import { expect, it } from 'vitest';
import { soak } from '../kit/soak.ts';

// `npm run test:long` sends some hundred thousand, and looks at the memory.
it('a thousand mixed requests with faults between: each gets an answer, and what was acknowledged is there', async () => {
  const { book, statuses, samples, outages } = await soak({ requests: 1_000, faults: 2 });
  expect(Object.keys(statuses).filter((status) => !/^(20[01]|503)$/.test(status))).toEqual([]);
  expect(book.count('acknowledged')).toBeGreaterThan(100);
  expect(outages).toBeGreaterThan(0);
  expect(samples.at(-1)?.heapMb).toBeGreaterThan(1);
});
