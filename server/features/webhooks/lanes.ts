import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from '../../platform/change.ts';
import { WebhookDelivery } from './model.ts';

// The events about one thing are a lane of an endpoint: the first of them that waits is due at some
// time, the others stand behind it. Whoever calls these holds the row of the endpoint.

/** A statement of PostgreSQL takes 65,535 values, and a row has eleven. */
const mostRows = 1_000;

/** What is to be delivered, the earliest first. */
export type NewDelivery = Pick<
  WebhookDelivery,
  'endpointId' | 'eventId' | 'event' | 'subject' | 'body' | 'isTest'
>;

/** Puts them at the end of their lanes; those that find theirs empty are due at once. */
export async function queueUp(
  tx: Transaction,
  given: readonly NewDelivery[],
): Promise<WebhookDelivery[]> {
  if (given.length === 0) return [];
  const busy = await busyLanes(tx, given);
  const rows = given.map((each) => {
    const lane = laneOf(each);
    const isFirst = !busy.has(lane);
    busy.add(lane);
    const state = 'waiting' as const;
    const dueAt = isFirst ? tx.now : null;
    return { id: randomUUIDv7(), ...each, state, attempts: 0, dueAt, createdAt: tx.now };
  });
  const written: WebhookDelivery[] = [];
  for (let at = 0; at < rows.length; at += mostRows) {
    const some = rows.slice(at, at + mostRows);
    written.push(...(await WebhookDelivery.query(tx).insert(some).returning('*')));
  }
  return written;
}

/** The first of a lane is done: the next one is due. */
export async function moveUp(
  tx: Transaction,
  { endpointId, subject }: Pick<WebhookDelivery, 'endpointId' | 'subject'>,
): Promise<void> {
  const next = await WebhookDelivery.query(tx)
    .where({ endpointId, subject, state: 'waiting' })
    .orderBy('position')
    .first();
  if (next) await WebhookDelivery.query(tx).findById(next.id).patch({ dueAt: tx.now });
}

/** All that waits begins anew, as if it had never been tried: the first of each lane is due. */
export async function beginAnew(tx: Transaction, endpointId: string): Promise<void> {
  const waiting = () => WebhookDelivery.query(tx).where({ endpointId, state: 'waiting' });
  await waiting().patch({ dueAt: null, attempts: 0, firstAttemptAt: null });
  const firsts = waiting().distinctOn('subject').select('id').orderBy(['subject', 'position']);
  await WebhookDelivery.query(tx).whereIn('id', firsts).patch({ dueAt: tx.now });
}

async function busyLanes(tx: Transaction, given: readonly NewDelivery[]): Promise<Set<string>> {
  const waiting = await WebhookDelivery.query(tx)
    .distinct('endpointId', 'subject')
    .where({ state: 'waiting' })
    .whereIn('endpointId', [...new Set(given.map(({ endpointId }) => endpointId))])
    .whereIn('subject', [...new Set(given.map(({ subject }) => subject))]);
  return new Set(waiting.map(laneOf));
}

function laneOf({ endpointId, subject }: Pick<WebhookDelivery, 'endpointId' | 'subject'>): string {
  return `${endpointId} ${subject}`;
}
