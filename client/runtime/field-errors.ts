import type { InputError, Problem } from '../generated/schemas.ts';
import type { ProblemError } from './errors.ts';

/** What is wrong with a field: the code for programs, the message for people. */
export interface FieldError {
  readonly code: InputError['code'] | Problem['code'];
  readonly message: string;
}

/** By the place in what was sent, with dots: `email`, `address.city`; `''` for the whole of it. */
export type FieldErrors = Readonly<Record<string, readonly FieldError[] | undefined>>;

/**
 * What a form shows beside its fields. Refusals that name no field belong to the one that you say:
 *
 *     fieldErrors(answer.problem, { email_taken: 'email', username_taken: 'username' })
 *
 * Without a problem nothing is wrong.
 */
export function fieldErrors(
  refusal: Problem | ProblemError | undefined,
  fields: { readonly [Code in Problem['code']]?: string } = {},
): FieldErrors {
  // Names come from the service: none may be taken for what every object has.
  const byField: Record<string, FieldError[]> = Object.create(null);
  const add = (field: string, { code, message }: FieldError) => {
    byField[field] = [...(byField[field] ?? []), { code, message }];
  };
  if (!refusal) return byField;
  const { code, detail, errors = [] } = 'problem' in refusal ? refusal.problem : refusal;
  for (const each of errors) add(each.path, each);
  const field = Object.hasOwn(fields, code) ? fields[code] : undefined;
  if (field !== undefined) add(field, { code, message: detail });
  return byField;
}
