import { problems } from '../../contract/kit/problems.ts';
import { problemDocument, type RefusalOptions, refusalOf } from '../operations/refusal.ts';
import { type ProblemError, problem } from '../platform/problem-error.ts';
import type { Exchange } from './exchange.ts';

export interface ProblemOptions extends RefusalOptions {
  readonly publicUrl: string;
}

/**
 * Whatever was thrown on the way leaves as a problem. Never rejects: what happens to one request
 * must not end the process.
 */
export async function refuse(
  options: ProblemOptions,
  exchange: Exchange,
  error: unknown,
): Promise<void> {
  try {
    const refusal = await refusalOf(options, exchange, problemOfParser(error) ?? error);
    // Half an answer cannot be taken back; a torn connection says that it is one.
    if (exchange.res.headersSent) exchange.res.destroy();
    else send(exchange, refusal, options.publicUrl);
  } catch (err) {
    options.log.error({ err }, 'a request could not be answered');
    exchange.res.destroy();
  }
}

/** Express marks the caller's mistakes with a status; ours carry none. */
function problemOfParser(error: unknown): ProblemError | undefined {
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  const isCallers = error instanceof URIError || typeof type === 'string';
  return isCallers && status === 400 ? problem('malformed_request') : undefined;
}

function send(exchange: Exchange, refusal: ProblemError, publicUrl: string): void {
  const { status } = problems[refusal.code];
  const { retryAfterSeconds } = refusal;
  const headers = {
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
  };
  const body = problemDocument(refusal, exchange.id, publicUrl);
  exchange.send(
    { status, headers, body },
    { contentType: 'application/problem+json; charset=utf-8' },
  );
}
