import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  defaultTextMapGetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { service } from '../../../contract/service.ts';
import { conventionalMethod } from './http-method.ts';
import { begunBy } from './spans.ts';
import { spanNamed } from './traceparent.ts';

export interface TracingOptions {
  /** Of the requests that continue no trace, how many begin one: 0 to 1. */
  readonly sampleRatio: number;
  /** False: the share decides about those that continue a trace, too. */
  readonly isByCaller?: boolean;
  /** Where spans go; without it, to the SDK that an operator registered, or nowhere. */
  readonly tracerProvider?: TracerProvider | undefined;
}

export interface RequestTrace {
  /** For every log line of the request, sampled or not. */
  readonly traceId: string | undefined;
  /** There is none where nobody samples. */
  readonly span: Span | undefined;
}

export interface CallTrace {
  readonly traceId: string | undefined;
  readonly span: Span;
  end(status: number): void;
}

export interface JobTrace {
  readonly traceId: string | undefined;
  readonly span: Span;
  end(isDone: boolean): void;
}

export interface ArrivedRequest {
  readonly method: string;
  /** Up to the question mark: a query may hold what no trace should. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

const propagator = new W3CTraceContextPropagator();

/**
 * Joins the trace of the caller, as the W3C's Trace Context says, or begins one now and then. A
 * request that is not sampled costs the look at one header.
 */
export class Tracing {
  readonly #tracer: Tracer;
  readonly #sampleRatio: number;
  readonly #isByCaller: boolean;

  constructor(options: TracingOptions) {
    const { sampleRatio, isByCaller = true } = options;
    const { tracerProvider = trace.getTracerProvider() } = options;
    this.#tracer = tracerProvider.getTracer(service.name);
    this.#sampleRatio = sampleRatio;
    this.#isByCaller = isByCaller;
  }

  /** Undefined where no trace comes in and none begins. Whoever gets a span ends it. */
  start(request: ArrivedRequest): RequestTrace | undefined {
    if (request.headers.traceparent === undefined) return this.#begin(request);
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const incoming = trace.getSpanContext(parent);
    if (!incoming) return this.#begin(request);
    const isSampled = this.#isByCaller
      ? (incoming.traceFlags & TraceFlags.SAMPLED) !== 0
      : shareOf(incoming.traceId) < this.#sampleRatio;
    const span = isSampled ? this.#startServerSpan(request, parent) : undefined;
    return { traceId: incoming.traceId, span };
  }

  /**
   * For a call that came in without HTTP: below the span of the call that makes it, or on its own.
   * Undefined where none begins.
   */
  startCall(operation: string, above?: Pick<RequestTrace, 'span'>): CallTrace | undefined {
    const isSampled = above ? above.span !== undefined : Math.random() < this.#sampleRatio;
    if (!isSampled) return undefined;
    const parent = above?.span ? trace.setSpan(ROOT_CONTEXT, above.span) : ROOT_CONTEXT;
    const span = this.#startSpan(operation, { kind: SpanKind.INTERNAL }, parent);
    const end = (status: number) => {
      markFailure(span, status);
      span.end();
    };
    return { traceId: traceIdOf(span), span, end };
  }

  /**
   * For an attempt at a job: a trace of its own with a link to the span that enqueued it, which may
   * have ended long ago. Sampled where that one was.
   */
  startJob(job: string, traceparent?: string): JobTrace | undefined {
    const cause = spanNamed(traceparent);
    if (!cause && Math.random() >= this.#sampleRatio) return undefined;
    const links = cause ? [{ context: cause }] : [];
    const span = this.#startSpan(job, { kind: SpanKind.CONSUMER, links }, ROOT_CONTEXT);
    const end = (isDone: boolean) => {
      if (!isDone) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
    return { traceId: traceIdOf(span), span, end };
  }

  #begin(request: ArrivedRequest): RequestTrace | undefined {
    if (Math.random() >= this.#sampleRatio) return undefined;
    const span = this.#startServerSpan(request, ROOT_CONTEXT);
    return { traceId: traceIdOf(span), span };
  }

  #startServerSpan({ method, path }: ArrivedRequest, parent: Context): Span {
    const known = conventionalMethod(method);
    const attributes = { 'http.request.method': known, 'url.path': path };
    return this.#startSpan(known, { kind: SpanKind.SERVER, attributes }, parent);
  }

  #startSpan(name: string, options: SpanOptions, parent: Context): Span {
    return begunBy(this.#tracer, this.#tracer.startSpan(name, options, parent));
  }
}

export interface ServedRequest {
  readonly method: string;
  /** The route template; undefined for unknown addresses. */
  readonly route: string | undefined;
  readonly status: number;
}

/** Names the span after the route, and ends it. */
export function endServerSpan(span: Span, { method, route, status }: ServedRequest): void {
  span.setAttribute('http.response.status_code', status);
  if (route !== undefined) {
    span.setAttribute('http.route', route);
    span.updateName(`${conventionalMethod(method)} ${route}`);
  }
  markFailure(span, status);
  span.end();
}

/** A refused call is not a failed service: only 5xx marks an error. */
function markFailure(span: Span, status: number): void {
  if (status < 500) return;
  span.setAttribute('error.type', String(status));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** From 0 to 1, and the same in every service that a trace goes through: its last 56 bits are random. */
function shareOf(traceId: string): number {
  return Number.parseInt(traceId.slice(-14), 16) / 2 ** 56;
}

/** Without an SDK the span is a stub whose id is all zeros. */
function traceIdOf(span: Span): string | undefined {
  const context = span.spanContext();
  return isSpanContextValid(context) ? context.traceId : undefined;
}
