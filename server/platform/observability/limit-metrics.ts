import type { Counter, Meter } from '@opentelemetry/api';

/** Counts what the limits refuse: never whom. */
export class LimitMetrics {
  readonly #refusals: Counter;
  readonly #fallbacks: Counter;

  constructor(meter: Meter) {
    this.#refusals = meter.createCounter('charter.limits.refused', {
      unit: '{call}',
      description: 'Number of calls that came too often, by the limit that refused them.',
    });
    // Alerts look at them: a series that begins with 1 has not increased.
    for (const limit of ['address', 'credentials', 'write', 'read']) {
      this.#refusals.add(0, { limit });
    }
    this.#fallbacks = meter.createCounter('charter.limits.fallback', {
      unit: '{call}',
      description: 'Number of calls that this process counted for itself, for want of Redis.',
    });
  }

  countRefused(limit: string): void {
    this.#refusals.add(1, { limit });
  }

  countFallback(limit: string): void {
    this.#fallbacks.add(1, { limit });
  }
}
