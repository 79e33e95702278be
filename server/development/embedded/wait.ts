import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  readonly withinMs: number;
  /** Breaks the waiting off, which then throws. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when the answer takes long: nobody likes to look at nothing. */
  readonly onLong?: (() => void) | undefined;
}

const longMs = 2_000;

/** Asks again and again until there is an answer; undefined when `withinMs` is over. */
export async function waitUntil<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  { withinMs, signal, onLong }: Patience,
): Promise<T | undefined> {
  const startedAt = performance.now();
  let tell = onLong;
  for (let waited = 0; waited < withinMs; waited = performance.now() - startedAt) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (waited > longMs) {
      tell?.();
      tell = undefined;
    }
    await pause(15);
  }
  return undefined;
}
