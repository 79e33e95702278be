import type { Counter, Meter } from '@opentelemetry/api';

/**
 * `replayed` got the kept answer, `already_done` one that nobody keeps; `in_use` came while the first
 * was being worked on; `reused` came with another input.
 */
export type IdempotencyOutcome = 'replayed' | 'already_done' | 'in_use' | 'reused';

/** Counts calls that came with the `Idempotency-Key` of another: never whose. */
export class IdempotencyMetrics {
  readonly #calls: Counter;

  constructor(meter: Meter) {
    this.#calls = meter.createCounter('charter.idempotency.repeats', {
      unit: '{call}',
      description: 'Number of calls whose Idempotency-Key was known, by what they were told.',
    });
  }

  count(outcome: IdempotencyOutcome): void {
    this.#calls.add(1, { outcome });
  }
}
