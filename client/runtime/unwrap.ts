import type { AnyAnswer } from './answer.ts';
import { AnswerError, ProblemError } from './errors.ts';

/** The body of an answer's successes. */
export type BodyOf<Answer> = Answer extends { ok: true; body: infer Body } ? Body : never;

/** The body of a success; a refusal is thrown as `ProblemError`. */
export async function unwrap<Answer extends AnyAnswer>(
  answer: Answer | PromiseLike<Answer>,
): Promise<BodyOf<Answer>> {
  const settled = await answer;
  if (settled.ok) return settled.body as BodyOf<Answer>;
  if (settled.problem) throw new ProblemError(settled.problem);
  throw new AnswerError(`${settled.status} is no success`, settled);
}
