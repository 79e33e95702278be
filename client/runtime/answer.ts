import type { Problem } from '../generated/schemas.ts';
import { AnswerError } from './errors.ts';
import type { Operation } from './operation.ts';
import type { AnswerHeaders, FetchResponse } from './platform.ts';

/** What all answers have in common; the generated unions say what each operation answers. */
export interface AnyAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body?: unknown;
  readonly problem?: Problem | undefined;
  /** Which state of it the answer shows, for `ifMatch` and `ifNoneMatch`. */
  readonly etag?: string | undefined;
}

/** It still is what `ifNoneMatch` named. */
export interface NotModified {
  readonly ok: false;
  readonly status: 304;
  readonly body?: undefined;
  readonly problem?: undefined;
  readonly headers: AnswerHeaders;
  readonly etag: string | undefined;
}

/** An answer that refuses: a problem after RFC 9457 with one of the declared codes. */
export interface Refused<Status extends number, Code extends Problem['code']> {
  readonly ok: false;
  readonly status: Status;
  readonly problem: Problem & { readonly status: Status; readonly code: Code };
  readonly body?: undefined;
  readonly headers: AnswerHeaders;
  readonly etag?: undefined;
}

/**
 * Reads what came back; bytes have no text. A problem is an answer even where the operation does not list its status:
 * the server may refuse before it knows the operation (405, 431), and newer servers know newer codes.
 * Anything else that the contract does not declare is an error, never an empty success.
 */
export function answerOf(
  operation: Operation,
  response: FetchResponse,
  text: string | undefined,
): AnyAnswer {
  const { ok, status } = response;
  // The platform's, unless the caller brought a `fetch` with headers of its own kind.
  const headers = response.headers as AnswerHeaders;
  const type = headers.get('content-type') ?? 'no type';
  const content = text !== undefined && /[/+]json/.test(type) ? parsed(text) : undefined;
  const problem = content as Problem | null | undefined;
  if (type.includes('/problem+') && typeof problem?.code === 'string') {
    return { ok: false, status, problem, headers };
  }
  // A proxy that compresses weakens it: the service makes strong ones alone.
  const etag = headers.get('etag')?.replace('W/', '');
  const kind = operation.answers[status];
  const read = kind === 'json' ? content : undefined;
  const body = text === undefined ? response.body : read;
  if (kind === 'empty' || body !== undefined) return { ok, status, body, headers, etag };
  const reason = `${operation.method} ${operation.path}: ${status} with ${type} is not in the contract`;
  throw new AnswerError(reason, { status, headers, body: content ?? text });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
