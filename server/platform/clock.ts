/** The only source of time; tests hand in their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/**
 * Milliseconds for ages of what is remembered in this process. They go on where they are when the clock is
 * set back: what was to be good for a minute must not be good for as long as the clock was wrong.
 */
export function neverBack(clock: Clock): () => number {
  let latest = Number.NEGATIVE_INFINITY;
  let setBackMs = 0;
  return () => {
    const now = clock.now().getTime();
    setBackMs = Math.max(setBackMs, latest - now);
    latest = now + setBackMs;
    return latest;
  };
}

export function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}

export function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

export const minuteSeconds = 60;
export const hourSeconds = 3_600;
export const daySeconds = 86_400;
