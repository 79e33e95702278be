import type { Counter, Meter } from '@opentelemetry/api';

/** Whether Redis works, and what failed. Nothing is told where there is none. */
export class RedisMetrics {
  readonly #meter: Meter;
  readonly #failures: Counter;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#failures = meter.createCounter('charter.redis.failures', {
      unit: '{command}',
      description: 'Number of commands that Redis did not do, or not in time.',
    });
  }

  countFailed(): void {
    this.#failures.add(1);
  }

  watch(isUp: () => boolean): void {
    this.#meter
      .createObservableGauge('charter.redis.up', {
        description: 'Whether Redis answers this process and takes writes.',
      })
      .addCallback((result) => result.observe(isUp() ? 1 : 0));
  }
}
