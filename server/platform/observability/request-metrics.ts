import type { Attributes, Meter } from '@opentelemetry/api';
import { BoundHistogram, type Observe } from './bound-histogram.ts';
import { conventionalMethod } from './http-method.ts';

/** In seconds; these are the boundaries of OpenTelemetry's conventions for HTTP servers. */
export const durationBoundaries = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** What is counted of requests: how many are in flight, and how long the finished ones took. */
export class RequestMetrics {
  readonly durations = new BoundHistogram({
    name: 'http.server.request.duration',
    unit: 's',
    description: 'Duration of HTTP server requests.',
    boundaries: durationBoundaries,
  });
  readonly #series = new Map<string | undefined, Map<string, RequestSeries>>();
  #inFlight = 0;

  /** A plain number, read when somebody asks: a request pays two additions for it. */
  countIn(meter: Meter): void {
    meter
      .createObservableUpDownCounter('http.server.active_requests', {
        unit: '{request}',
        description: 'Number of active HTTP server requests.',
      })
      .addCallback((result) => result.observe(this.#inFlight));
  }

  /** A request has arrived. */
  begin(): void {
    this.#inFlight += 1;
  }

  /** A request that began is over. */
  end({ method, route, status, seconds }: EndedRequest): void {
    this.#inFlight -= 1;
    this.#seriesOf(conventionalMethod(method), route).observe(status, seconds);
  }

  // Made once, then found. All unknown addresses are one (`undefined`): a scanner must not grow our
  // memory.
  #seriesOf(method: string, route: string | undefined): RequestSeries {
    return this.#series.get(route)?.get(method) ?? this.#add(method, route);
  }

  #add(method: string, route: string | undefined): RequestSeries {
    const attributes = { 'http.request.method': method, 'http.route': route ?? 'unmatched' };
    const series = new RequestSeries(this.durations, attributes);
    const ofRoute = this.#series.get(route) ?? new Map<string, RequestSeries>();
    this.#series.set(route, ofRoute.set(method, series));
    return series;
  }
}

export interface EndedRequest {
  readonly method: string;
  /** The template; undefined for unknown addresses. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

/** A method on a route: a series for each status that it has answered. */
class RequestSeries {
  readonly #durations: BoundHistogram;
  readonly #attributes: Attributes;
  readonly #byStatus = new Map<number, Observe>();

  constructor(durations: BoundHistogram, attributes: Attributes) {
    this.#durations = durations;
    this.#attributes = attributes;
  }

  observe(status: number, seconds: number): void {
    const known = this.#byStatus.get(status) ?? this.#bind(status);
    known(seconds);
  }

  #bind(status: number): Observe {
    const observe = this.#durations.bind({
      ...this.#attributes,
      'http.response.status_code': status,
    });
    this.#byStatus.set(status, observe);
    return observe;
  }
}
