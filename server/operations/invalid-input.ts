import type { InputError } from '../../contract/kit/problems.ts';
import { type ProblemError, problem } from '../platform/problem-error.ts';

/** More would be of no help to anybody. */
export const maxInputErrors = 50;

/** What a schema found, as Standard Schema and zod write it. */
export interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[];
}

type Part = InputError['in'];
export type Findings = Partial<Record<Part, readonly Issue[] | undefined>>;

/** The schemas' findings in our words: where and why, never the value. */
export function invalidInput(findings: Findings): ProblemError {
  const errors = Object.entries(findings).flatMap(([part, issues = []]) =>
    issues.map((issue) => inputError(part as Part, issue)),
  );
  return problem('validation_failed', { errors: errors.slice(0, maxInputErrors) });
}

function inputError(part: Part, issue: Issue): InputError {
  const path = (issue.path ?? []).map((key) => String(typeof key === 'object' ? key.key : key));
  const code = issue.code ?? 'invalid';
  // zod names unknown keys in its message: they are the caller's, and may hold anything.
  const message = code === 'unrecognized_keys' ? 'Unknown fields are not allowed' : issue.message;
  return { in: part, path: path.join('.').slice(0, 200), code, message };
}
