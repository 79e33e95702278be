import type { Meter } from '@opentelemetry/api';

/** Outages of the database, as this process met them. */
export class OutageMetrics {
  #outages = 0;
  #refused = 0;
  #isAway: () => boolean = () => false;

  watch(isAway: () => boolean): void {
    this.#isAway = isAway;
  }

  began(): void {
    this.#outages += 1;
  }

  /** Somebody was refused at once. */
  refused(): void {
    this.#refused += 1;
  }

  countIn(meter: Meter): void {
    meter
      .createObservableGauge('charter.database.away', {
        description: '1 while the database is known to be away, and 0 otherwise.',
      })
      .addCallback((result) => result.observe(this.#isAway() ? 1 : 0));
    meter
      .createObservableCounter('charter.database.outages', {
        unit: '{outage}',
        description: 'Number of times that the database was found to be away.',
      })
      .addCallback((result) => result.observe(this.#outages));
    meter
      .createObservableCounter('charter.database.refused', {
        unit: '{connection}',
        description: 'Number of connections that were refused at once during an outage.',
      })
      .addCallback((result) => result.observe(this.#refused));
  }
}
