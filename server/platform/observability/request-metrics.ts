import type { Attributes, Histogram, Meter } from '@opentelemetry/api';
import { conventionalMethod } from './http-method.ts';

/** In seconds; these are the boundaries of OpenTelemetry's conventions for HTTP servers. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** What is counted of requests: how many are in flight, and how long the finished ones took. */
export class RequestMetrics {
  readonly #duration: Histogram;
  readonly #series = new Map<string | undefined, Map<string, RequestSeries>>();
  #inFlight = 0;

  constructor(meter: Meter) {
    this.#duration = meter.createHistogram('http.server.request.duration', {
      unit: 's',
      description: 'Duration of HTTP server requests.',
      advice: { explicitBucketBoundaries: boundaries },
    });
    // A plain number, read when somebody asks: a request pays two additions for it.
    meter
      .createObservableUpDownCounter('http.server.active_requests', {
        unit: '{request}',
        description: 'Number of active HTTP server requests.',
      })
      .addCallback((result) => result.observe(this.#inFlight));
  }

  /** A request has arrived. Its series takes it back when it is recorded. */
  begin(): void {
    this.#inFlight += 1;
  }

  /**
   * The series of a method on a route template; made once, then found. All unknown addresses are
   * one (`undefined`): a scanner must not grow our memory.
   */
  series(method: string, route: string | undefined): RequestSeries {
    const known = conventionalMethod(method);
    return this.#series.get(route)?.get(known) ?? this.#add(known, route);
  }

  #add(method: string, route: string | undefined): RequestSeries {
    const attributes = { 'http.request.method': method, 'http.route': route ?? 'unmatched' };
    const series = new RequestSeries(attributes, (seconds, withStatus) => {
      this.#inFlight -= 1;
      this.#duration.record(seconds, withStatus);
    });
    const ofRoute = this.#series.get(route) ?? new Map<string, RequestSeries>();
    this.#series.set(route, ofRoute.set(method, series));
    return series;
  }
}

/** Keeps the attributes of each status, so that recording allocates nothing. */
export class RequestSeries {
  readonly #attributes: Attributes;
  readonly #finish: (seconds: number, attributes: Attributes) => void;
  readonly #byStatus = new Map<number, Attributes>();

  constructor(attributes: Attributes, finish: (seconds: number, attributes: Attributes) => void) {
    this.#attributes = attributes;
    this.#finish = finish;
  }

  /** A request that began is over. */
  record(status: number, seconds: number): void {
    let attributes = this.#byStatus.get(status);
    if (!attributes) {
      attributes = Object.freeze({ ...this.#attributes, 'http.response.status_code': status });
      this.#byStatus.set(status, attributes);
    }
    this.#finish(seconds, attributes);
  }
}
