import type { StoredRun } from '../../../server/cli/load/run-file.ts';

/** A run of ten seconds; the fourth was a bad one. */
export function aRun(changes: Partial<StoredRun> = {}): StoredRun {
  const latency = { p50: 2, p90: 3, p95: 4, p99: 8, p999: 900, max: 1_000, mean: 2.5 };
  const counts = { due: 1_000, good: 985, limited: 5, failed: 10 };
  const good = { due: 100, good: 100, limited: 0, failed: 0 };
  const bad = { due: 100, good: 85, limited: 5, failed: 10 };
  return {
    format: 'load-run-1',
    url: 'http://127.0.0.1:3000',
    ...{ scenario: 'browse', rate: 100, seconds: 10, isEven: false, connections: 100 },
    ...{ timeoutSeconds: 10, warmUpSeconds: 1, callers: 4, startedAt: '2026-11-30T00:00:00.000Z' },
    ...{ isEndedEarly: false, ...counts, latency, lateness: { ...latency, p50: 0.4, p99: 1 } },
    curve: [
      [0, 1],
      [50, 2],
      [99, 8],
      [100, 1_000],
    ],
    answers: { 200: 985, 503: 10, 429: 5 },
    operations: [{ operation: 'me.get', ...counts, latency }],
    intervalSeconds: 1,
    intervals: Array.from({ length: 10 }, (_, atSeconds) =>
      atSeconds === 3 ? { atSeconds, ...bad, latency: null } : { atSeconds, ...good, latency },
    ),
    ...changes,
  };
}
