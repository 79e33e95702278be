import { performance } from 'node:perf_hooks';
import type { Counter, Histogram, Meter, Span } from '@opentelemetry/api';
import type { Tracing } from './tracing.ts';

/** `failed` is tried again; `dead` is not. */
export type JobEnd = 'done' | 'failed' | 'dead';

export interface ObservedJob {
  readonly span: Span | undefined;
  readonly traceId: string | undefined;
  end(how: JobEnd): void;
}

/** Follows the attempts at jobs. */
export interface JobObserver {
  /** `traceparent` names the span of the request that enqueued it. */
  begin(job: string, traceparent?: string): ObservedJob;
}

/** The same for all processes: the queue is one. */
export interface WaitingJobs {
  readonly waiting: number;
  readonly oldestWaitingSeconds: number;
  readonly dead: number;
}

export class JobMetrics implements JobObserver {
  readonly #attempts: Counter;
  readonly #duration: Histogram;
  readonly #tracing: Tracing;
  readonly #meter: Meter;

  constructor(meter: Meter, tracing: Tracing) {
    this.#meter = meter;
    this.#tracing = tracing;
    this.#attempts = meter.createCounter('charter.job.attempts', {
      unit: '{attempt}',
      description: 'Number of attempts at jobs, by how they ended.',
    });
    this.#duration = meter.createHistogram('charter.job.duration', {
      unit: 's',
      description: 'Duration of attempts at jobs.',
      advice: { explicitBucketBoundaries: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900] },
    });
  }

  begin(job: string, traceparent?: string): ObservedJob {
    const startedAt = performance.now();
    const trace = this.#tracing.startJob(job, traceparent);
    return {
      span: trace?.span,
      traceId: trace?.traceId,
      end: (result) => {
        // Not `job`: in Prometheus that is who was scraped.
        const attributes = { job_name: job, result };
        this.#attempts.add(1, attributes);
        this.#duration.record((performance.now() - startedAt) / 1000, attributes);
        trace?.end(result === 'done');
      },
    };
  }

  /** What waits is asked for when somebody collects it. Nothing is told of it while it cannot be read. */
  watch(read: () => Promise<WaitingJobs>): void {
    const gauge = (name: string, unit: string, description: string) =>
      this.#meter.createObservableGauge(name, { unit, description });
    const waiting = gauge('charter.jobs.waiting', '{job}', 'Number of jobs that are due.');
    const dead = gauge('charter.jobs.dead', '{job}', 'Number of jobs that failed for good.');
    const oldest = gauge('charter.jobs.oldest', 's', 'For how long the oldest job has been due.');
    this.#meter.addBatchObservableCallback(
      async (result) => {
        const state = await read();
        result.observe(waiting, state.waiting);
        result.observe(dead, state.dead);
        result.observe(oldest, state.oldestWaitingSeconds);
      },
      [waiting, dead, oldest],
    );
  }
}
