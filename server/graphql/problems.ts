import { GraphQLError } from 'graphql';
import type { Problem } from '../../contract/kit/problems.ts';
import type { Outcome } from '../operations/direct.ts';

/** A refusal as GraphQL tells it: the sentence, and all of the problem beside it. */
export function errorOf({ body, retryAfterSeconds }: Outcome): GraphQLError {
  const { detail, ...problem } = body as Problem;
  const later = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new GraphQLError(detail, { extensions: { ...problem, ...later } });
}
