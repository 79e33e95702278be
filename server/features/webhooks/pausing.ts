import type { Transaction } from '../../platform/change.ts';
import { beginAnew } from './lanes.ts';
import { WebhookEndpoint } from './model.ts';
import { endTurns, planNext } from './turns.ts';

/** What waits goes on waiting, and what happens meanwhile waits behind it. */
export async function pause(
  tx: Transaction,
  { id }: WebhookEndpoint,
  pauseReason: NonNullable<WebhookEndpoint['pauseReason']>,
): Promise<void> {
  await WebhookEndpoint.query(tx).findById(id).change({ pausedAt: tx.now, pauseReason }, tx.now);
  await endTurns(tx, id);
}

/** As if nothing had ever failed. */
export async function resume(tx: Transaction, { id }: WebhookEndpoint): Promise<void> {
  const row = { pausedAt: null, pauseReason: null, failingSince: null };
  await WebhookEndpoint.query(tx).findById(id).change(row, tx.now);
  await beginAnew(tx, id);
  await planNext(tx, { id, failingSince: null });
}
