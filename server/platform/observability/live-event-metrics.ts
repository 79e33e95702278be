import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/**
 * Why a stream ended: its caller left, or may no longer hear, or reads too slowly; the service stops, or
 * could not go on.
 */
export type StreamEnd = 'left' | 'revoked' | 'slow' | 'stopping' | 'failed';

/** Why one was refused: the caller, or this process, has enough of them; or what it missed is gone. */
export type StreamRefusal = 'caller' | 'process' | 'gone';

/** What is counted of events that are told while callers listen: never whose. */
export class LiveEventMetrics {
  readonly #meter: Meter;
  readonly #sent: Counter;
  readonly #ended: Counter;
  readonly #refused: Counter;
  readonly #lag: Histogram;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#sent = meter.createCounter('charter.live_events.sent', {
      unit: '{event}',
      description: 'Number of events that were told, once for each stream.',
    });
    this.#ended = meter.createCounter('charter.live_events.ended', {
      unit: '{stream}',
      description: 'Number of streams of events that ended, by why.',
    });
    this.#refused = meter.createCounter('charter.live_events.refused', {
      unit: '{stream}',
      description: 'Number of streams of events that were not opened, by why.',
    });
    this.#lag = meter.createHistogram('charter.live_events.lag', {
      unit: 's',
      description: 'From the instant of an event until this process told of it.',
      advice: { explicitBucketBoundaries: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60] },
    });
  }

  countSent(events: number): void {
    this.#sent.add(events);
  }

  countEnded(reason: StreamEnd): void {
    this.#ended.add(1, { reason });
  }

  countRefused(reason: StreamRefusal): void {
    this.#refused.add(1, { reason });
  }

  recordLag(ms: number): void {
    this.#lag.record(Math.max(0, ms) / 1000);
  }

  watchOpen(count: () => number): void {
    this.#meter
      .createObservableUpDownCounter('charter.live_events.open', {
        unit: '{stream}',
        description: 'Number of streams of events that are open.',
      })
      .addCallback((result) => result.observe(count()));
  }

  watchHeld(ms: () => number): void {
    this.#meter
      .createObservableGauge('charter.live_events.held', {
        unit: 's',
        description: 'For how long events have waited for a transaction that does not end.',
      })
      .addCallback((result) => result.observe(ms() / 1000));
  }
}
