import * as z from 'zod';
import { prefix } from '../world.ts';

/** How many endpoints the server of this process has. */
export const endpointCount = Number(process.env.BENCH_ROUTES);

/** Sixteen that were registered last, so that a router that searches has searched. */
export function lastPaths(count: number): string[] {
  return Array.from({ length: Math.min(16, count) }, (_, index) => pathOf(count - 1 - index));
}

/** Nouns of ten endpoints each, with a parameter, as an API that grows has them. */
export function pathOf(index: number): string {
  return `${prefix}/noun-${Math.floor(index / 10)}/:id/verb-${index % 10}`;
}

export const Path = z.object({ id: z.uuid() });
export const Answer = z.object({ id: z.uuid(), status: z.string() });
