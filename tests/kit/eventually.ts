import { vi } from 'vitest';

/** Waits until the work throws no more, however busy the machine is; answers what it answers. */
export function eventually<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(work, { timeout: 120_000, interval: 20 });
}
