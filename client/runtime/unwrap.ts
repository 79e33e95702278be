import type { Problem } from '../generated/schemas.ts';
import type { AnyAnswer } from './answer.ts';
import { AnswerError, ProblemError } from './errors.ts';

/** The body of an answer's successes. */
export type BodyOf<Answer> = Answer extends { ok: true; body: infer Body } ? Body : never;

/** The codes with which an operation refuses: `CodeOf<UsersCreateAnswer>`. */
export type CodeOf<Answer> = Answer extends { problem: { code: infer Code extends string } }
  ? Code
  : never;

/** The body of a success; a refusal is thrown as `ProblemError`. */
export async function unwrap<Answer extends AnyAnswer>(
  answer: Answer | PromiseLike<Answer>,
): Promise<BodyOf<Answer>> {
  const settled = await answer;
  if (settled.ok) return settled.body as BodyOf<Answer>;
  if (settled.problem) throw new ProblemError(settled.problem);
  throw new AnswerError(`${settled.status} is no success`, settled);
}

/** What to do about refusals, by their codes. */
export type Handlers<Code extends string> = {
  readonly [Each in Code]: (problem: Problem & { readonly code: Each }) => unknown;
};

/** What comes of them. */
export type Handled<On> = {
  [Code in keyof On]: On[Code] extends (...given: never) => infer Result ? Awaited<Result> : never;
}[keyof On];

/**
 * As `unwrap`, but for the codes that have a handler: what it gives is given. Only codes of the
 * operation can be named.
 *
 *     await unwrapOr(charter.users.create({ body }), { email_taken: () => undefined });
 */
export async function unwrapOr<Answer extends AnyAnswer, Code extends CodeOf<Answer>, On>(
  answer: Answer | PromiseLike<Answer>,
  on: Handlers<Code> & On,
): Promise<BodyOf<Answer> | Handled<On>> {
  const settled = await answer;
  const { problem } = settled;
  // Not what every object has: a newer service may know codes that are called so.
  if (!problem || !Object.hasOwn(on, problem.code)) return unwrap(settled);
  const handlers = on as unknown as Record<Problem['code'], (problem: Problem) => Handled<On>>;
  return handlers[problem.code](problem);
}
