import { performance } from 'node:perf_hooks';
import type { Exchange } from '../http/exchange.ts';
import type { Outcome, PerformByName } from '../operations/direct.ts';
import { problemOf } from '../operations/refusal.ts';
import { problem } from '../platform/problem-error.ts';
import type { Performing } from './performing.ts';

interface Bounds {
  readonly timeoutMs: number;
  readonly publicUrl: string;
}

/**
 * Performs the operations of one request until its time is up, or its caller has left: what has begun
 * ends as it would by HTTP, and nothing more begins.
 */
export function performWithin(
  perform: PerformByName,
  exchange: Exchange,
  { timeoutMs, publicUrl }: Bounds,
): Performing['perform'] {
  const { id, address, userAgent, startedAt, res } = exchange;
  const performed = new Set<string>();
  exchange.performed = performed;
  return async (name, call) => {
    const isLate = performance.now() - startedAt > timeoutMs;
    if (isLate || res.destroyed) return outOfTime(id, publicUrl);
    performed.add(name);
    return perform(name, { ...call, origin: 'graphql', address, userAgent });
  };
}

function outOfTime(id: string, publicUrl: string): Outcome {
  const detail = 'The request took too long: this was not begun. Ask for less at once.';
  const refusal = problem('service_unavailable', { detail });
  const { retryAfterSeconds } = refusal;
  const body = problemOf(refusal, id, publicUrl);
  return { status: body.status, body, headers: {}, cookies: [], retryAfterSeconds };
}
