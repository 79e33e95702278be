import { GraphQLError } from 'graphql';
import type { OperationPlan } from '../../contract/document/graphql/plan.ts';
import type { InputError, Problem } from '../../contract/kit/problems.ts';
import type { Outcome } from '../operations/direct.ts';

/** A refusal as GraphQL tells it: the sentence, and all of the problem beside it. */
export function errorOf({ body, retryAfterSeconds }: Outcome): GraphQLError {
  const { detail, ...problem } = body as Problem;
  const later = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new GraphQLError(detail, { extensions: { ...problem, ...later } });
}

type Places = OperationPlan['places'];

/** Whatever breaks a rule is named as the arguments are: `first`, not `limit`. What is in the body is in `input`. */
export function toldByArguments(outcome: Outcome, places: Places): Outcome {
  const { errors } = outcome.body as Problem;
  if (!errors) return outcome;
  const told = errors.map((error) => ({ ...error, path: argumentAt(error, places) }));
  return { ...outcome, body: { ...(outcome.body as Problem), errors: told } };
}

const parts = { path: 'params', query: 'query', headers: 'header' } as const;

function argumentAt({ in: where, path }: InputError, places: Places): string {
  if (where === 'body') return path;
  const [name, ...below] = path.split('.');
  const found = Object.entries(places).find(
    ([, place]) => place.part === parts[where] && place.name === name,
  );
  return found ? [found[0], ...below].join('.') : path;
}

/** A limit that a document went past; which problem that is, is said when it is answered. */
export function exceeding(limit: string, most: number, detail: string): GraphQLError {
  return new GraphQLError(detail, { extensions: { limit, most } });
}
