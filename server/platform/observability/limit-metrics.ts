import type { Counter, Meter } from '@opentelemetry/api';

/** Counts what the limits refuse: never whom. */
export class LimitMetrics {
  readonly #refusals: Counter;

  constructor(meter: Meter) {
    this.#refusals = meter.createCounter('charter.limits.refused', {
      unit: '{call}',
      description: 'Number of calls that came too often, by the limit that refused them.',
    });
  }

  countRefused(limit: string): void {
    this.#refusals.add(1, { limit });
  }
}
