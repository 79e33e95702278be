import type { Meter } from '@opentelemetry/api';

/** How far this process may be behind what others have revoked. */
export class RevocationMetrics {
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** Nothing is told before the first reading. */
  watch(readAgeMs: () => number): void {
    this.#meter
      .createObservableGauge('charter.revocations.age', {
        unit: 's',
        description: 'For how long this process has not read what was revoked.',
      })
      .addCallback((result) => {
        const ageMs = readAgeMs();
        if (Number.isFinite(ageMs)) result.observe(ageMs / 1000);
      });
  }
}
