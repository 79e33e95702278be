import {
  context,
  metrics,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

// The API alone: without an SDK every call here is a no-op. Attributes follow the semantic
// conventions of OpenTelemetry for HTTP servers.
const tracer = trace.getTracer('charter');
const meter = metrics.getMeter('charter');
const duration = meter.createHistogram('http.server.request.duration', {
  unit: 's',
  description: 'Duration of HTTP server requests.',
});
const active = meter.createUpDownCounter('http.server.active_requests', {
  description: 'Requests in flight.',
});

/** The server span of a request; continues the trace of an incoming `traceparent`. */
export function startServerSpan(method: string, headers: object): Span {
  active.add(1);
  const parent = propagation.extract(context.active(), headers);
  return tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
}

export interface ServedRequest {
  readonly method: string;
  /** The route template; undefined for unknown addresses, so that they share one series. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

export function endServerSpan(span: Span, { method, route, status, seconds }: ServedRequest): void {
  const attributes = {
    'http.request.method': method,
    'http.route': route ?? 'unmatched',
    'http.response.status_code': status,
  };
  active.add(-1);
  duration.record(seconds, attributes);
  span.setAttributes(attributes);
  if (route) span.updateName(`${method} ${route}`);
  // A refused request is not a failed server: only 5xx marks an error.
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
