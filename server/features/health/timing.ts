const limitMs = 1_000;
const lifeMs = 1_000;

/** One probe a second, however many ask: a probe must not become a load of its own. */
export function onceASecond<Result>(probe: () => Promise<Result>): () => Promise<Result> {
  let last: { at: number; result: Promise<Result> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > lifeMs) last = { at: now, result: probe() };
    return last.result;
  };
}

/** What hangs is asked once, and no second time: a disk holds one of the few threads then. */
export function oneAtATime<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

export interface Asked<Result> {
  /** Undefined: there was none in time. */
  readonly answer: Result | undefined;
  readonly durationMs: number;
}

/** Asks, and takes the time. */
export async function ask<Result>(work: Promise<Result>): Promise<Asked<Result>> {
  const startedAt = performance.now();
  const answer = await inTime(work).catch(() => undefined);
  return { answer, durationMs: msSince(startedAt) };
}

export async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), limitMs);
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

export function msSince(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}
