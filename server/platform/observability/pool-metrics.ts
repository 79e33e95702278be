import type { Attributes, Meter } from '@opentelemetry/api';
import { BoundHistogram, type Observe } from './bound-histogram.ts';

/** What a pool of connections is at this moment. */
export interface PoolState {
  /** In use, or being opened for somebody. */
  readonly used: number;
  /** How many ask for one. */
  readonly waiting: number;
  readonly max: number;
}

const attributes: Attributes = { 'db.client.connection.pool.name': 'primary' };

/** The pool of the database, by OpenTelemetry's names (semantic conventions: database). */
export class PoolMetrics {
  readonly waits = new BoundHistogram({
    name: 'db.client.connection.wait_time',
    unit: 's',
    description: 'How long it took to get a connection of the pool.',
    boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5],
  });
  /** Somebody got a connection, after so many seconds. */
  readonly waited: Observe = this.waits.bind(attributes);
  #timeouts = 0;
  #read: (() => PoolState) | undefined;

  /** Somebody waited in vain. */
  timedOut(): void {
    this.#timeouts += 1;
  }

  watch(read: () => PoolState): void {
    this.#read = read;
  }

  get state(): PoolState {
    return this.#read?.() ?? { used: 0, waiting: 0, max: 0 };
  }

  countIn(meter: Meter): void {
    const gauge = (name: string, unit: string, description: string) =>
      meter.createObservableGauge(`db.client.connection.${name}`, { unit, description });
    const used = gauge('count', '{connection}', 'Number of connections in use.');
    const max = gauge('max', '{connection}', 'How many connections the pool may have.');
    const waiting = gauge('pending_requests', '{request}', 'How many wait for a connection.');
    const timeouts = meter.createObservableCounter('db.client.connection.timeouts', {
      unit: '{timeout}',
      description: 'Number of times that no connection became free in time.',
    });
    meter.addBatchObservableCallback(
      (result) => {
        result.observe(timeouts, this.#timeouts, attributes);
        const state = this.#read?.();
        if (!state) return;
        result.observe(used, state.used, { ...attributes, 'db.client.connection.state': 'used' });
        result.observe(max, state.max, attributes);
        result.observe(waiting, state.waiting, attributes);
      },
      [used, max, waiting, timeouts],
    );
  }
}
