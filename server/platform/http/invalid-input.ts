import type { RequestValidationError } from '@ts-rest/express';
import type { InputError } from '../../../contract/kit/problems.ts';
import { problem } from '../problem-error.ts';

/** More would be of no help to anybody. */
export const maxInputErrors = 50;

/** The schema's findings in our words: where and why, never the value. */
export function invalidInputOf(error: RequestValidationError) {
  const parts = [
    ['path', error.pathParams],
    ['query', error.query],
    ['headers', error.headers],
    ['body', error.body],
  ] as const;
  const errors = parts.flatMap(([part, found]) =>
    (found?.issues ?? []).map((issue) => inputError(part, issue as Issue)),
  );
  return problem('validation_failed', { errors: errors.slice(0, maxInputErrors) });
}

interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[];
}

function inputError(part: InputError['in'], issue: Issue): InputError {
  const path = (issue.path ?? []).map((key) => String(typeof key === 'object' ? key.key : key));
  const code = issue.code ?? 'invalid';
  // zod names unknown keys in its message: they are the caller's, and may hold anything.
  const message = code === 'unrecognized_keys' ? 'Unknown fields are not allowed' : issue.message;
  return { in: part, path: path.join('.').slice(0, 200), code, message };
}
