import type { Meter } from '@opentelemetry/api';

type Result = 'done' | 'denied';

/** What is written to the audit, and whether it is sealed. */
export class AuditMetrics {
  readonly #meter: Meter;
  readonly #written: Record<Result, number> = { done: 0, denied: 0 };

  constructor(meter: Meter) {
    this.#meter = meter;
    meter
      .createObservableCounter('charter.audit.entries', {
        unit: '{entry}',
        description: 'Number of entries written to the audit, by their result.',
      })
      .addCallback((observed) => {
        observed.observe(this.#written.done, { result: 'done' });
        observed.observe(this.#written.denied, { result: 'denied' });
      });
  }

  /** A plain number, read when somebody asks: each change pays an addition for it. */
  count(result: Result): void {
    this.#written[result] += 1;
  }

  /** Asked for when somebody collects it; nothing is told of it while it cannot be read. */
  watch(lagSeconds: () => Promise<number>): void {
    this.#meter
      .createObservableGauge('charter.audit.unsealed', {
        unit: 's',
        description: 'For how long the oldest entry of the audit has waited for its seal.',
      })
      .addCallback(async (observed) => observed.observe(await lagSeconds()));
  }
}
