import { events } from '../../../contract/events.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { PublishedEvent } from '../../platform/events/subscriber.ts';

/** Whether somebody may hear of an event: it is about their own account, or they may read all of its kind. */
export function mayHear(
  actor: Actor,
  { name, data }: Pick<PublishedEvent, 'name' | 'data'>,
): boolean {
  // What a newer release tells is not known here, nor who may hear of it.
  const kind = Object.hasOwn(events, name) ? events[name] : undefined;
  return kind !== undefined && (can(actor, kind.readableWith) || isOwn(actor, data));
}

/**
 * A key hears of what its scopes let it read and no more (decision 0046). Who acts as an account is not
 * told to its owner, here as elsewhere: by whom is for those who may read all of it.
 */
function isOwn({ id, kind, apiKey }: Actor, data: PublishedEvent['data']): boolean {
  return (
    kind === 'person' && !apiKey && 'userId' in data && data.userId === id && !('byUserId' in data)
  );
}
