import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/** `failed` is tried again; `given_up` is not. */
export type WebhookResult = 'delivered' | 'failed' | 'given_up';

/** The same for all processes: what waits is in the database. */
export interface WebhookBacklog {
  /** How many could be tried by now, and are not. */
  readonly waiting: number;
  /** For how long the oldest of them could have been tried. */
  readonly oldestWaitingSeconds: number;
  /** How many webhooks were paused because nothing arrived. */
  readonly paused: number;
}

/** Counts the attempts to deliver events to webhooks, and tells what waits. */
export class WebhookMetrics {
  readonly #attempts: Counter;
  readonly #duration: Histogram;
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#attempts = meter.createCounter('charter.webhook.attempts', {
      unit: '{attempt}',
      description: 'Number of attempts to deliver an event to a webhook, by how they ended.',
    });
    this.#duration = meter.createHistogram('charter.webhook.duration', {
      unit: 's',
      description: 'Duration of attempts to deliver an event to a webhook.',
      advice: {
        explicitBucketBoundaries: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60],
      },
    });
  }

  count(result: WebhookResult, seconds: number): void {
    this.#attempts.add(1, { result });
    this.#duration.record(seconds, { result });
  }

  /** What waits is asked for when somebody collects it. Nothing is told of it while it cannot be read. */
  watch(read: () => Promise<WebhookBacklog>): void {
    const gauge = (name: string, unit: string, description: string) =>
      this.#meter.createObservableGauge(name, { unit, description });
    const waiting = gauge(
      'charter.webhooks.waiting',
      '{delivery}',
      'Number of deliveries that are due.',
    );
    const oldest = gauge(
      'charter.webhooks.oldest',
      's',
      'For how long the oldest delivery has been due.',
    );
    const paused = gauge(
      'charter.webhooks.paused',
      '{webhook}',
      'Number of webhooks that were paused because nothing arrived.',
    );
    this.#meter.addBatchObservableCallback(
      async (result) => {
        const backlog = await read();
        result.observe(waiting, backlog.waiting);
        result.observe(oldest, backlog.oldestWaitingSeconds);
        result.observe(paused, backlog.paused);
      },
      [waiting, oldest, paused],
    );
  }
}
