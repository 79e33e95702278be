export interface ArrivalsOptions {
  /** Requests per second, on average. */
  readonly rate: number;
  readonly seconds: number;
  /** One after the other at the same distance; else as strangers come, who know nothing of each other. */
  readonly isEven: boolean;
  /** From 0 to 1, which it never reaches. */
  readonly random: () => number;
}

/**
 * When each request is due, in milliseconds from the start. It is known before the first one is sent:
 * a service that answers late delays nobody's arrival, as its real callers would not wait for each other.
 */
export function* arrivals({ rate, seconds, isEven, random }: ArrivalsOptions): Generator<number> {
  const gapMs = 1_000 / rate;
  const endMs = seconds * 1_000;
  if (isEven) {
    for (let index = 0; index * gapMs < endMs; index += 1) yield index * gapMs;
    return;
  }
  // A Poisson process: the gaps between its arrivals are exponential.
  const gap = () => -Math.log(1 - random()) * gapMs;
  for (let dueMs = gap(); dueMs < endMs; dueMs += gap()) yield dueMs;
}

/** The same numbers in every run: two runs send the same requests at the same instants. */
export function seededRandom(seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
