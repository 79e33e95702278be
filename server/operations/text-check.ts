import type { AppRoute } from '../../contract/kit/api.ts';
import { hasBody, hasInput } from '../../contract/kit/operations.ts';
import { problem } from '../platform/problem-error.ts';
import { maxInputErrors, unknownParameters } from './invalid-input.ts';
import type { Input } from './reply.ts';
import { unstorableText } from './storable-text.ts';

/** Which parts may hold what is no text: a way in that knows better spares the look. */
export type Suspects = Readonly<Record<keyof Input, boolean>>;

const all: Suspects = { params: true, query: true, body: true };

/**
 * Refuses what no schema has to think of, whichever way it came in: text that PostgreSQL cannot
 * store, and query parameters of an operation that declares none. One without any input reads
 * nothing, and so it refuses nothing.
 * @throws a problem `validation_failed`.
 */
export type TextCheck = (sent: Partial<Input>, suspects?: Suspects) => void;

export function textCheck(route: AppRoute): TextCheck {
  if (!hasInput(route)) return () => {};
  return ({ params, query, body }, suspects = all) => {
    const errors = [
      ...(suspects.params ? unstorableText('path', params) : []),
      ...(suspects.query ? unstorableText('query', query) : []),
      ...(suspects.body && hasBody(route) ? unstorableText('body', body) : []),
      ...(route.query === undefined ? unknownParameters(query ?? {}) : []),
    ];
    if (errors.length > 0) {
      throw problem('validation_failed', { errors: errors.slice(0, maxInputErrors) });
    }
  };
}
