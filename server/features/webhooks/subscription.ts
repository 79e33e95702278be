import { type EventName, events } from '../../../contract/events.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { assertHoldsAll } from '../roles/rights.ts';
import type { WebhookEndpoint } from './model.ts';

/** What it takes to read events of these kinds; null: of all. */
export function permissionsToRead(names: readonly EventName[] | null): Permission[] {
  const kinds = names?.flatMap((name) => events[name] ?? []) ?? Object.values(events);
  return [...new Set<Permission>(kinds.map(({ readableWith }) => readableWith))].sort();
}

/**
 * The right to manage webhooks is none to read: whoever lets events out could read them.
 * @throws a problem `permission_denied`.
 */
export function assertMayRead(actor: Actor, names: readonly EventName[] | null): void {
  assertHoldsAll(actor, permissionsToRead(names));
}

/** Whether it gets events of a kind: a kind that came later is asked for anew where it takes more. */
export function isSubscribed(
  { events: names, readableWith }: Pick<WebhookEndpoint, 'events' | 'readableWith'>,
  name: EventName,
): boolean {
  // A kind that only a newer release knows, which was rolled back.
  if (!Object.hasOwn(events, name)) return false;
  const isWanted = names === null || names.includes(name);
  return isWanted && readableWith.includes(events[name].readableWith);
}
