import { performance } from 'node:perf_hooks';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Destinations } from '../../platform/outgoing/destinations.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Attempted, attempt } from './attempt.ts';
import { WebhookDelivery, WebhookEndpoint } from './model.ts';
import { signingSecrets } from './secrets.ts';
import { findLocked } from './service.ts';
import type { Settlement } from './settlement.ts';
import { planNext } from './turns.ts';

interface Parts extends Pick<Platform, 'clock' | 'change' | 'config' | 'secretKeys'> {
  readonly destinations: Destinations;
  readonly settlement: Settlement;
}

interface Turn {
  readonly endpointId: string;
  readonly turnId: string;
}

/** How many deliveries an endpoint gets side by side, each about something else. */
const atOnce = 4;
/** After so long the others have their turns first. */
const longestMs = 10_000;

/** The turn of an endpoint: a job that delivers what is due to it, until it is another one's turn. */
export class Turns {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async perform(turn: Turn, signal: AbortSignal): Promise<void> {
    const endsAt = performance.now() + longestMs;
    for (let goesOn = true; goesOn && performance.now() < endsAt; ) {
      goesOn = await this.#round(turn, signal);
    }
    await this.#end(turn);
  }

  /** Whether there is more: nothing failed, and something was due. */
  async #round(turn: Turn, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const due = await this.#findDue(turn);
    if (!due || due.deliveries.length === 0) return false;
    const { clock, destinations, config } = this.#parts;
    const parts = { clock, destinations, timeoutMs: config.webhooks.timeoutMs };
    const ended = await Promise.allSettled(
      due.deliveries.map((delivery) => attempt(parts, due, delivery, signal)),
    );
    // What was told to end was not tried: it stays as it is, for whoever takes the job.
    const attempted = ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    await this.#parts.settlement.settle(turn.endpointId, attempted);
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
    return attempted.every(arrived);
  }

  #findDue({ endpointId, turnId }: Turn) {
    const { change, secretKeys } = this.#parts;
    return change(systemActor('webhooks'), async (tx) => {
      const endpoint = await findLocked(tx, endpointId);
      if (!endpoint || endpoint.turnId !== turnId) return undefined;
      // It goes on: whoever looks for lost turns sees when it was last at work.
      await WebhookEndpoint.query(tx).findById(endpointId).patch({ turnAt: tx.now });
      const deliveries = await WebhookDelivery.query(tx)
        .where({ endpointId })
        .where('dueAt', '<=', tx.now)
        .orderBy('dueAt')
        .orderBy('position')
        .limit(atOnce);
      return { endpoint, deliveries, secrets: signingSecrets(secretKeys, endpoint, tx.now) };
    });
  }

  async #end({ endpointId, turnId }: Turn): Promise<void> {
    await this.#parts.change(systemActor('webhooks'), async (tx) => {
      const endpoint = await findLocked(tx, endpointId);
      if (endpoint?.turnId === turnId) await planNext(tx, endpoint);
    });
  }
}

const arrived = ({ error }: Attempted) => error === null;
