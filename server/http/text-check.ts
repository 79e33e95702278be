import type { AppRoute } from '../../contract/kit/api.ts';
import { hasBody, hasInput } from '../../contract/kit/operations.ts';
import type { InputError } from '../../contract/kit/problems.ts';
import { maxInputErrors, unknownParameters } from '../operations/invalid-input.ts';
import { unstorableText } from '../operations/storable-text.ts';
import { problem } from '../platform/problem-error.ts';

/** The parts of a request, read and as they were sent. */
export interface SentText {
  readonly path: string;
  readonly search: string;
  readonly params: object;
  readonly query: object;
  readonly body: unknown;
  readonly bodyText: string;
}

/**
 * Refuses what no schema has to think of: text that PostgreSQL cannot store, and query parameters
 * of an operation that declares none.
 */
export type TextCheck = (sent: SentText) => void;

export function textCheck(route: AppRoute): TextCheck {
  if (!hasInput(route)) return () => {};
  return (sent) => {
    const errors = badText(route, sent);
    if (errors.length > 0) {
      throw problem('validation_failed', { errors: errors.slice(0, maxInputErrors) });
    }
  };
}

// Without one of these signs there is nothing to look for: JSON escapes control characters, a form
// may hold them as they are, and neither UTF-8 nor percent-encoding can spell a surrogate.
function badText(route: AppRoute, sent: SentText): InputError[] {
  const { params, query, path, search, body, bodyText } = sent;
  return [
    ...(path.includes('%00') ? unstorableText('path', params) : []),
    ...(search.includes('%00') ? unstorableText('query', query) : []),
    ...(hasBody(route) && mayBeUnstorable(bodyText) ? unstorableText('body', body) : []),
    ...(route.query === undefined ? unknownParameters(query) : []),
  ];
}

function mayBeUnstorable(text: string): boolean {
  return text.includes('\\u') || text.includes('%00') || text.includes('\0');
}
