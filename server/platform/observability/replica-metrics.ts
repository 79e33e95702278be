import type { Counter, Meter } from '@opentelemetry/api';

/**
 * Why the primary answered instead: `own_change` of the caller; the replica was `away`, too `late`,
 * `unfit`, or not looked at yet (`unlooked`); it took the read back (`conflict`), `refused` what was
 * asked, or `failed`.
 */
export type FallbackReason =
  | 'own_change'
  | 'unlooked'
  | 'away'
  | 'late'
  | 'unfit'
  | 'conflict'
  | 'refused'
  | 'failed';

interface Watched {
  readonly isUsed: boolean;
  readonly lagSeconds: number | undefined;
}

/** Reads that may be late. Nothing is told where there is no replica. */
export class ReplicaMetrics {
  readonly #meter: Meter;
  readonly #reads: Counter;
  readonly #fallbacks: Counter;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#reads = meter.createCounter('charter.replica.reads', {
      unit: '{read}',
      description: 'Number of reads that the replica answered.',
    });
    this.#fallbacks = meter.createCounter('charter.replica.fallbacks', {
      unit: '{read}',
      description: 'Number of reads that may be late and that the primary answered, by reason.',
    });
  }

  read(): void {
    this.#reads.add(1);
  }

  fellBack(reason: FallbackReason): void {
    this.#fallbacks.add(1, { reason });
  }

  watch(state: () => Watched): void {
    this.#meter
      .createObservableGauge('charter.replica.up', {
        description: 'Whether this process uses the replica.',
      })
      .addCallback((result) => result.observe(state().isUsed ? 1 : 0));
    this.#meter
      .createObservableGauge('charter.replica.lag', {
        unit: 's',
        description: 'For how long at most the replica has lacked what the primary has.',
      })
      .addCallback((result) => {
        const { lagSeconds } = state();
        if (lagSeconds !== undefined) result.observe(lagSeconds);
      });
  }
}
