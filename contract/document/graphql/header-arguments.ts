import { type GraphQLArgumentConfig, GraphQLID, GraphQLNonNull, GraphQLString } from 'graphql';
import type { Operation } from '../../kit/operations.ts';
import type { Place } from './plan.ts';

export type Argument = readonly [name: string, place: Place, config: GraphQLArgumentConfig];

/** What HTTP says in headers. A read has no use for a condition: its answer is always sent. */
export function headersOf({ conditional, idempotency, isLive }: Operation): Argument[] {
  const found: Argument[] = [];
  if (conditional && !conditional.isRead) {
    const type = conditional.isRequired ? new GraphQLNonNull(GraphQLString) : GraphQLString;
    const description =
      'The `etag` of what was seen: nothing is changed if it is another one by now.';
    found.push(['ifMatch', { part: 'header', name: 'if-match' }, { type, description }]);
  }
  if (idempotency) {
    const type = idempotency.isRequired ? new GraphQLNonNull(GraphQLString) : GraphQLString;
    const description =
      'Makes it safe to send again: what was done with this key is not done twice.';
    found.push([
      'idempotencyKey',
      { part: 'header', name: 'idempotency-key' },
      { type, description },
    ]);
  }
  if (isLive) {
    const description =
      'The `id` of the last event that the caller has seen: what was missed since comes first.';
    found.push([
      'lastEventId',
      { part: 'header', name: 'last-event-id' },
      { type: GraphQLID, description },
    ]);
  }
  return found;
}
