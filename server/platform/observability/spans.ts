import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { problems } from '../../../contract/kit/problems.ts';
import { ProblemError } from '../problem-error.ts';
import { type CallContext, findCall, runInCall } from './call-context.ts';
import { traceparentOf } from './traceparent.ts';

export interface SpanDescription {
  readonly name: string;
  readonly kind?: SpanKind;
  /** Never what a caller sent, never a secret. */
  readonly attributes?: Attributes;
}

/** Whoever began a span begins what lies below it. */
const tracers = new WeakMap<Span, Tracer>();

/** So that spans may be begun below this one. */
export function begunBy(tracer: Tracer, span: Span): Span {
  tracers.set(span, tracer);
  return span;
}

/**
 * A part of the call in hand that asks somebody else, such as a mail server. Where the call is not
 * sampled it is the work and nothing more.
 */
export function inSpan<Result>(
  describe: () => SpanDescription,
  work: () => Promise<Result>,
): Promise<Result> {
  const span = beginBelow(describe);
  return span ? untilDone(span, work) : work();
}

/** The same for a part that itself asks several times: what it asks lies below it. */
export function inPart<Result>(
  describe: () => SpanDescription,
  work: () => Promise<Result>,
): Promise<Result> {
  const call = findCall();
  const span = beginBelow(describe);
  return call && span ? untilDone(span, () => runInCall({ ...call, span }, work)) : work();
}

/**
 * A step of a call: what happens meanwhile lies below it. The steps of one call come one after the
 * other.
 */
export function inStep<Result>(
  call: CallContext,
  name: string,
  work: () => Result | Promise<Result>,
): Result | Promise<Result> {
  const above = call.span;
  const span = above && begin(above, { name, kind: SpanKind.INTERNAL });
  const step = call.times?.measuring(name, work) ?? work;
  if (!span) return step();
  call.span = span;
  return untilDone(span, step).finally(() => {
    call.span = above;
  });
}

/** A span whose end is told later. */
export interface OpenSpan {
  /** Names it for whoever is asked. */
  readonly traceparent: string | undefined;
  end(found?: Attributes): void;
  fail(error: unknown, found?: Attributes): void;
}

/** For whoever is told of the end elsewhere; undefined where the call in hand is not sampled. */
export function openSpan(describe: () => SpanDescription): OpenSpan | undefined {
  const span = beginBelow(describe);
  return (
    span && {
      traceparent: traceparentOf(span),
      end: (found = {}) => span.setAttributes(found).end(),
      fail: (error, found = {}) => endWithFailure(span.setAttributes(found), error),
    }
  );
}

function beginBelow(describe: () => SpanDescription): Span | undefined {
  const above = findCall()?.span;
  return above && begin(above, { kind: SpanKind.CLIENT, ...describe() });
}

/** What failed is told by its code or kind: its words may hold what no trace should. */
function endWithFailure(span: Span, error: unknown): void {
  const { name = 'unknown', code } = error as { name?: string; code?: unknown };
  span.setAttribute('error.type', typeof code === 'string' ? code : name);
  // What the service refuses is no failure of the service.
  const isRefusal = error instanceof ProblemError && problems[error.code].status < 500;
  if (!isRefusal) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function begin(above: Span, { name, ...options }: SpanDescription): Span | undefined {
  const tracer = tracers.get(above);
  const below = trace.setSpan(ROOT_CONTEXT, above);
  return tracer && begunBy(tracer, tracer.startSpan(name, options, below));
}

async function untilDone<Result>(
  span: Span,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    const result = await work();
    span.end();
    return result;
  } catch (error) {
    endWithFailure(span, error);
    throw error;
  }
}
