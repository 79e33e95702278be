import { challengeOf } from '../../contract/kit/facets/errors.ts';
import type { Refusals, Refused } from '../operations/refusal.ts';
import type { Log } from '../platform/observability/log.ts';
import { type ProblemError, problem } from '../platform/problem-error.ts';
import type { Exchange } from './exchange.ts';

/** Answers what was thrown during a request. */
export type Refuse = (exchange: Exchange, error: unknown) => Promise<void>;

/** Never rejects: what happens to one request must not end the process. */
export function refuser(refusals: Refusals, log: Log): Refuse {
  return async (exchange, error) => {
    try {
      const refused = await refusals(exchange, problemOfParser(error) ?? error);
      // Half an answer cannot be taken back; a torn connection says that it is one.
      if (exchange.res.headersSent) exchange.res.destroy();
      else send(exchange, refused);
    } catch (err) {
      log.error({ err }, 'a request could not be answered');
      exchange.res.destroy();
    }
  };
}

/** Express marks the caller's mistakes with a status; ours carry none. */
function problemOfParser(error: unknown): ProblemError | undefined {
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  const isCallers = error instanceof URIError || typeof type === 'string';
  return isCallers && status === 400 ? problem('malformed_request') : undefined;
}

function send(exchange: Exchange, { status, body, retryAfterSeconds }: Refused): void {
  const { errors } = exchange;
  const headers = {
    ...(status === 401 && { 'WWW-Authenticate': challengeOf(errors) }),
    ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
  };
  const type = errors === 'oauth' ? 'application/json' : 'application/problem+json';
  exchange.send({ status, headers, body }, { contentType: `${type}; charset=utf-8` });
}
