import type { Meter } from '@opentelemetry/api';

/** What a cache has done since the process began. */
export interface CountedCache {
  readonly name: string;
  readonly lookups: Readonly<Record<string, number>>;
  readonly loads: Readonly<Record<string, number>>;
}

/** Tells what caches did. They count by themselves: a lookup must not pay for being watched. */
export class CacheMetrics {
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  watch(read: () => Iterable<CountedCache>): void {
    const counter = (name: string, unit: string, description: string) =>
      this.#meter.createObservableCounter(name, { unit, description });
    const lookups = counter(
      'charter.cache.lookups',
      '{lookup}',
      'Number of lookups in caches, by cache and what became of them.',
    );
    const loads = counter(
      'charter.cache.loads',
      '{load}',
      'Number of loads from the source behind a cache, by cache and how they ended.',
    );
    this.#meter.addBatchObservableCallback(
      (result) => {
        for (const cache of read()) {
          for (const [counted, by] of [
            [lookups, cache.lookups],
            [loads, cache.loads],
          ] as const) {
            for (const [outcome, count] of Object.entries(by)) {
              result.observe(counted, count, { cache: cache.name, outcome });
            }
          }
        }
      },
      [lookups, loads],
    );
  }
}
