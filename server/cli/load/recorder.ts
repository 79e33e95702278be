import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Counts, Interval, Latency, Measured } from './run-file.ts';
import type { LoadRequest, Sent } from './sender.ts';
import { timedOut } from './sender.ts';

/** An hour, in microseconds. */
const longestUs = 3_600_000_000;
export const curvePercentiles = [
  0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 100,
];

export type Result = 'good' | 'limited' | 'failed';

/** 429 is no failure of the service: it does as it was told. It is no good answer either. */
export function resultOf(seen: number | string, expected: number): Result {
  if (seen === expected) return 'good';
  return seen === 429 ? 'limited' : 'failed';
}

/** How often, and how long it took. */
class Tally {
  readonly counts = { due: 0, good: 0, limited: 0, failed: 0 };
  readonly #latencies: RecordableHistogram = microseconds();

  note(result: Result, latencyMs: number | undefined): void {
    this.counts.due += 1;
    this.counts[result] += 1;
    if (latencyMs !== undefined) recordIn(this.#latencies, latencyMs);
  }

  summary(): Counts & { latency: Latency | null } {
    return { ...this.counts, latency: latencyOf(this.#latencies) };
  }

  get latencies(): RecordableHistogram {
    return this.#latencies;
  }
}

/**
 * Counts what came of requests, by when they were due: what a stall delayed stands where the stall
 * was. A latency reaches from when a request was due to the end of its answer. One that never came
 * counts for as long as it was waited for; refusals, which are quick, do not count as quick answers.
 */
export class Recorder {
  readonly #intervalMs: number;
  readonly #all = new Tally();
  readonly #operations = new Map<string, Tally>();
  readonly #answers = new Map<string, number>();
  readonly #lateness = microseconds();
  readonly #open = new Map<number, Tally>();
  readonly #intervals = new Map<number, Interval>();

  constructor({ intervalSeconds }: { readonly intervalSeconds: number }) {
    this.#intervalMs = intervalSeconds * 1_000;
  }

  get counts(): Counts {
    return this.#all.counts;
  }

  /** `startedAt` is the zero of the time that is shown; nothing that was due before counts. */
  record(request: LoadRequest, sent: Sent, times: { dueAt: number; startedAt: number }): void {
    const { dueAt, startedAt } = times;
    if (dueAt < startedAt) return;
    const result = resultOf(sent.seen, request.expected);
    const counts = result === 'good' || sent.seen === timedOut;
    // One that left a trifle early was due when it left.
    const latencyMs = counts ? sent.endedAt - Math.min(dueAt, sent.sentAt) : undefined;
    const interval = Math.floor((dueAt - startedAt) / this.#intervalMs);
    for (const tally of [
      this.#all,
      found(this.#operations, request.operation),
      found(this.#open, interval),
    ]) {
      tally.note(result, latencyMs);
    }
    const seen = String(sent.seen);
    this.#answers.set(seen, (this.#answers.get(seen) ?? 0) + 1);
  }

  /** How long after it was due a request was handed over: what the generator itself was late. */
  recordLateness(lateMs: number): void {
    recordIn(this.#lateness, lateMs);
  }

  /** Nothing that was due before comes any more: a long run does not keep what it has told. */
  closeBefore(elapsedMs: number): void {
    for (const [index, tally] of this.#open) {
      if ((index + 1) * this.#intervalMs <= elapsedMs) this.#close(index, tally);
    }
  }

  measured(): Measured {
    for (const [index, tally] of this.#open) this.#close(index, tally);
    const intervals = [...this.#intervals].toSorted(([one], [other]) => one - other);
    const operations = [...this.#operations].toSorted(([one], [other]) => (one < other ? -1 : 1));
    return {
      ...this.#all.summary(),
      curve: this.#all.latencies.count
        ? curvePercentiles.map((percentile) => [percentile, at(this.#all.latencies, percentile)])
        : [],
      answers: Object.fromEntries([...this.#answers].toSorted(([, one], [, other]) => other - one)),
      lateness: latencyOf(this.#lateness),
      operations: operations.map(([operation, tally]) => ({ operation, ...tally.summary() })),
      intervalSeconds: this.#intervalMs / 1_000,
      intervals: intervals.map(([, interval]) => interval),
    };
  }

  #close(index: number, tally: Tally): void {
    this.#open.delete(index);
    const atSeconds = (index * this.#intervalMs) / 1_000;
    this.#intervals.set(index, { atSeconds, ...tally.summary() });
  }
}

function found<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const tally = tallies.get(key) ?? new Tally();
  tallies.set(key, tally);
  return tally;
}

/** Node's own HdrHistogram: any number of values in some kilobytes, three digits of each. */
function microseconds(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: longestUs, figures: 3 });
}

function recordIn(histogram: RecordableHistogram, ms: number): void {
  histogram.record(Math.min(longestUs, Math.max(1, Math.round(ms * 1_000))));
}

/** In milliseconds. */
function at(histogram: RecordableHistogram, percentile: number): number {
  // Its 0th percentile is that of nobody.
  const us = percentile === 0 ? histogram.min : histogram.percentile(percentile);
  return us / 1_000;
}

function latencyOf(histogram: RecordableHistogram): Latency | null {
  if (histogram.count === 0) return null;
  const [p50, p90, p95, p99, p999] = [50, 90, 95, 99, 99.9].map((one) => at(histogram, one));
  const [mean, max] = [histogram.mean / 1_000, histogram.max / 1_000];
  return { p50, p90, p95, p99, p999, max, mean } as Latency;
}
