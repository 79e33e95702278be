import { performance } from 'node:perf_hooks';
import type { Histogram, Meter, Span } from '@opentelemetry/api';
import type { CallContext, CallOrigin } from './call-context.ts';
import { durationBoundaries } from './request-metrics.ts';
import type { Tracing } from './tracing.ts';

export interface ObservedCall {
  readonly span: Span | undefined;
  readonly traceId: string | undefined;
  /** The call is over; its status is that of its answer in HTTP. */
  end(status: number): void;
}

/** Follows the calls that come in without HTTP, whose own requests are counted by route. */
export class CallMetrics {
  readonly #duration: Histogram;
  readonly #tracing: Tracing;

  constructor(meter: Meter, tracing: Tracing) {
    this.#tracing = tracing;
    this.#duration = meter.createHistogram('charter.operation.duration', {
      unit: 's',
      description: 'Duration of operations that were called without HTTP.',
      advice: { explicitBucketBoundaries: [...durationBoundaries] },
    });
  }

  /** `above` is the call that makes this one, where there is one. */
  begin(operation: string, origin: CallOrigin, above?: CallContext): ObservedCall {
    const startedAt = performance.now();
    const trace = this.#tracing.startCall(operation, above);
    return {
      span: trace?.span,
      traceId: above?.traceId ?? trace?.traceId,
      end: (status) => {
        const seconds = (performance.now() - startedAt) / 1000;
        const attributes = { operation, origin, status };
        this.#duration.record(seconds, attributes);
        trace?.end(status);
      },
    };
  }
}
