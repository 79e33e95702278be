import type { GraphQLFieldResolver } from 'graphql';
import type { CallPlan } from '../../contract/document/graphql/plan.ts';
import type { Live } from '../../contract/kit/facets/streams.ts';
import { callOf, type Given } from './call-of.ts';
import type { GraphqlContext } from './context.ts';
import { errorOf, toldByArguments } from './problems.ts';

/**
 * What a field of `Subscription` tells: the events of a live operation, before they are written as HTTP
 * does it. The operation has admitted and counted the caller, and looks after them as long as they listen.
 */
export function followerOf(plan: CallPlan): GraphQLFieldResolver<unknown, GraphqlContext> {
  const { name } = plan.operation;
  return async (_parent, given: Given, { perform, caller }) => {
    const outcome = await perform(name, callOf(plan, given, caller));
    if (outcome.status >= 400) throw errorOf(toldByArguments(outcome, plan.places));
    const { events } = outcome.body as Live;
    if (!events) throw new Error(`${name} is a field of Subscription, and tells no events`);
    return events();
  };
}
