import type { AppRoute } from '@ts-rest/core';
import { hasBody, hasInput } from '../../../contract/kit/operations.ts';
import type { InputError } from '../../../contract/kit/problems.ts';
import { problem } from '../problem-error.ts';
import type { Exchange } from './exchange.ts';
import { maxInputErrors } from './invalid-input.ts';

/**
 * Refuses what no schema has to think of: text that PostgreSQL cannot store (NUL, lone
 * surrogates), and query parameters of an operation that declares none.
 */
export type TextCheck = (exchange: Exchange, bodyText: string) => void;

export function textCheck(route: AppRoute): TextCheck {
  if (!hasInput(route)) return () => {};
  return (exchange, bodyText) => {
    const errors = badText(route, exchange, bodyText);
    if (errors.length > 0) {
      throw problem('validation_failed', { errors: errors.slice(0, maxInputErrors) });
    }
  };
}

// Without one of these signs there is nothing to look for: JSON escapes control characters, a form
// may hold them as they are, and neither UTF-8 nor percent-encoding can spell a surrogate.
function badText(route: AppRoute, exchange: Exchange, bodyText: string): InputError[] {
  const { params, query, path, search, body } = exchange;
  return [
    ...(path.includes('%00') ? unstorable('path', params) : []),
    ...(search.includes('%00') ? unstorable('query', query) : []),
    ...(hasBody(route) && mayBeUnstorable(bodyText) ? unstorable('body', body) : []),
    ...(route.query === undefined ? Object.keys(query).map(unknownParameter) : []),
  ];
}

function mayBeUnstorable(text: string): boolean {
  return text.includes('\\u') || text.includes('%00') || text.includes('\0');
}

function unknownParameter(): InputError {
  return {
    in: 'query',
    path: '',
    code: 'unrecognized_keys',
    message: 'This operation takes no query parameters',
  };
}

function unstorable(part: InputError['in'], value: unknown): InputError[] {
  const errors: InputError[] = [];
  // A list of what is still to see, not recursion: nesting must not exhaust the stack.
  const pending: { value: unknown; path: string }[] = [{ value, path: '' }];
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (isUnstorable(item.value)) errors.push(unstorableText(part, item.path));
    if (typeof item.value !== 'object' || item.value === null) continue;
    for (const [key, child] of Object.entries(item.value)) {
      if (isUnstorable(key)) errors.push(unstorableText(part, item.path));
      else pending.push({ value: child, path: item.path ? `${item.path}.${key}` : key });
    }
  }
  return errors;
}

function isUnstorable(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());
}

function unstorableText(part: InputError['in'], path: string): InputError {
  return {
    in: part,
    path: path.slice(0, 200),
    code: 'invalid_text',
    message: 'NUL and unpaired surrogates are not text',
  };
}
