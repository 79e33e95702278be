import { performance } from 'node:perf_hooks';
import type { Histogram, Meter } from '@opentelemetry/api';

export type StorageOperation = 'put' | 'find' | 'remove' | 'list';

/** `failed` is the storage's; `given_up` is the source's, or that of whoever called it off. */
export type StorageOutcome = 'ok' | 'missing' | 'failed' | 'given_up';

/** Counts what is asked of the storage of files, and how long it takes. */
export class StorageMetrics {
  readonly #duration: Histogram;

  constructor(meter: Meter) {
    this.#duration = meter.createHistogram('charter.storage.duration', {
      unit: 's',
      description:
        'Duration of what is asked of the storage of files, the source of a put included.',
      advice: { explicitBucketBoundaries: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 120] },
    });
  }

  begin(operation: StorageOperation): (outcome: StorageOutcome) => void {
    const startedAt = performance.now();
    return (outcome) => {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#duration.record(seconds, { operation, outcome });
    };
  }
}
