import type { GraphQLFieldResolver } from 'graphql';
import type {
  FieldPlan,
  OperationPlan,
  RelationPlan,
} from '../../contract/document/graphql/plan.ts';
import type { Outcome } from '../operations/direct.ts';
import { callOf, type Given } from './call-of.ts';
import type { GraphqlContext } from './context.ts';
import { followerOf } from './follow.ts';
import { askedOf, connectionOf } from './pages.ts';
import { errorOf, toldByArguments } from './problems.ts';

type Resolver = GraphQLFieldResolver<unknown, GraphqlContext>;

/** Every field that is an operation is performed by the walk of every call; the rest is read off its answer. */
export function resolverOf(field: FieldPlan): GraphQLFieldResolver<unknown, unknown> {
  const resolve = ownResolver(field);
  // It is the server's own (`server.ts`).
  return (parent, given, context, info) => resolve(parent, given, context as GraphqlContext, info);
}

function ownResolver({ kind, plan }: FieldPlan): Resolver {
  if (kind === 'operation') return operationResolver(plan);
  return kind === 'live' ? followerOf(plan) : relationResolver(plan);
}

function operationResolver(plan: OperationPlan): Resolver {
  const { operation, answer, results } = plan;
  return async (_parent, given: Given, context, info) => {
    const asked = answer === 'page' ? askedOf(info) : {};
    const performed = await context.perform(
      operation.name,
      callOf(plan, given, context.caller, asked),
    );
    const isRefused = performed.status >= 400;
    const outcome = isRefused ? toldByArguments(performed, plan.places) : performed;
    context.cookies.push(...outcome.cookies);
    // What was loaded before may be another thing by now.
    if (results) context.loaders.clear();
    if (results) return resultOf(operation.name, results, outcome);
    if (isRefused) throw errorOf(outcome);
    if (answer === 'page') return connectionOf(outcome.body, given);
    if (answer === 'items') return (outcome.body as { items: unknown[] }).items;
    return tagged(outcome);
  };
}

/**
 * A problem that a caller can do something about is a result; what went wrong on our side is an error,
 * and says as little as it does by HTTP.
 */
function resultOf(
  operation: string,
  results: NonNullable<OperationPlan['results']>,
  outcome: Outcome,
): unknown {
  const { status, body } = outcome;
  if (status >= 500) throw errorOf(outcome);
  if (status >= 400) return { ...(body as object), __typename: 'Problem' };
  const answered = body === undefined ? { operation } : tagged(outcome);
  return { ...answered, __typename: results.get(status)?.(body) };
}

function tagged({ body, headers }: Outcome): object {
  return { ...(body as object), etag: headers['ETag'] };
}

function relationResolver(plan: RelationPlan): Resolver {
  const { from } = plan.relation;
  return (parent, _given, { loaders }) => {
    const key = (parent as Given)[from];
    // The own account has no key of another one, a removed one none at all.
    return key === null || key === undefined ? null : loaders.load(plan, key);
  };
}
