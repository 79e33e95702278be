import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../platform/change.ts';
import { secondsAfter } from '../../platform/clock.ts';
import { deliver, deliverAgain } from './jobs.ts';
import { WebhookDelivery, WebhookEndpoint } from './model.ts';

// An endpoint has one turn at a time: a job that delivers what is due to it, and plans the next one.
// So a receiver that hangs holds one place of a worker, whatever waits for it. Whoever calls these
// holds the row of the endpoint.

/** Clocks of processes differ: a turn that begins in a moment is as good as one that runs. */
const momentSeconds = 1;

type Planned = Pick<WebhookEndpoint, 'id' | 'turnAt' | 'failingSince' | 'pausedAt'>;

/** Something is due at an instant: a turn that runs, or comes sooner, finds it. */
export async function planTurn(tx: Transaction, endpoint: Planned, at: Date): Promise<void> {
  const { pausedAt, turnAt } = endpoint;
  if (pausedAt !== null || (turnAt !== null && turnAt <= secondsAfter(at, momentSeconds))) return;
  await beginTurn(tx, endpoint, at);
}

/** In place of whichever turn there was: a job of that finds that it has been replaced. */
export async function beginTurn(
  tx: Transaction,
  { id: endpointId, failingSince }: Pick<Planned, 'id' | 'failingSince'>,
  at: Date,
): Promise<void> {
  const turnId = randomUUID();
  await WebhookEndpoint.query(tx).findById(endpointId).patch({ turnId, turnAt: at });
  const turn = failingSince === null ? deliver : deliverAgain;
  const after = at > tx.now ? { after: at } : {};
  await tx.enqueue(turn, { endpointId, turnId }, after);
}

/** When its turn is over: the next one, as soon as anything is due, or none. */
export async function planNext(
  tx: Transaction,
  endpoint: Pick<Planned, 'id' | 'failingSince'>,
): Promise<void> {
  const first = await WebhookDelivery.query(tx)
    .where({ endpointId: endpoint.id })
    .whereNotNull('dueAt')
    .orderBy('dueAt')
    .first();
  // What is overdue is planned for now: a turn planned for long ago would look like a lost one.
  if (!first?.dueAt) return endTurns(tx, endpoint.id);
  const isOverdue = first.dueAt < tx.now;
  await beginTurn(tx, endpoint, isOverdue ? tx.now : first.dueAt);
}

export async function endTurns(tx: Transaction, endpointId: string): Promise<void> {
  await WebhookEndpoint.query(tx).findById(endpointId).patch({ turnId: null, turnAt: null });
}
