import { randomUUIDv7 } from 'node:crypto';
import type { EventName } from '../../../contract/events.ts';
import type {
  NewWebhook,
  WebhookChanges,
  WebhookQuery,
  WebhookRotation,
} from '../../../contract/webhooks.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import type { Only } from '../../platform/exact.ts';
import { assertExpected, type Expected } from '../../platform/expected.ts';
import type { Destinations } from '../../platform/outgoing/destinations.ts';
import type { Platform } from '../../platform/platform.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { aboutSecret, WebhookDelivery, WebhookEndpoint, webhookKeyset } from './model.ts';
import { pause, resume } from './pausing.ts';
import { makeSecret, successorOf } from './secrets.ts';
import { assertMayRead, permissionsToRead } from './subscription.ts';

interface Parts extends Pick<Platform, 'db' | 'change' | 'config' | 'secretKeys'> {
  readonly destinations: Destinations;
}

/** An endpoint and the secret that it was given just now, which nobody can tell later. */
export interface WithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

/** The addresses that are told of events. */
export class Webhooks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  list(_actor: Actor, { state, ...page }: WebhookQuery): Promise<KeysetPage<WebhookEndpoint>> {
    const query = WebhookEndpoint.query(this.#parts.db);
    if (state === 'active') query.whereNull('pausedAt');
    if (state === 'paused') query.whereNotNull('pausedAt');
    return query.keysetPage(webhookKeyset, page);
  }

  async get(_actor: Actor, id: string, db: Database = this.#parts.db): Promise<WebhookEndpoint> {
    const found = await WebhookEndpoint.query(db).findById(id);
    if (!found) throw noSuchWebhook();
    return found;
  }

  create<Given extends NewWebhook>(
    actor: Actor,
    input: Only<Given, NewWebhook>,
  ): Promise<WithSecret> {
    const { url, events, description = null }: NewWebhook = input;
    this.#assertCallable(url);
    assertMayRead(actor, events);
    return this.#parts.change(actor, async (tx) => {
      await this.#assertRoom(tx);
      const [id, secret] = [randomUUIDv7(), makeSecret()];
      await WebhookEndpoint.query(tx).create(
        {
          ...{ id, url, description, events },
          readableWith: permissionsToRead(events),
          sealedSecret: this.#parts.secretKeys.seal(secret, aboutSecret(id)),
          createdById: actor.kind === 'person' ? actor.id : null,
        },
        tx.now,
      );
      await tx.audit({ target: { type: 'webhook', id }, changed: Object.keys(input) });
      return { endpoint: await this.get(actor, id, tx), secret };
    });
  }

  async update<Given extends WebhookChanges>(
    actor: Actor,
    id: string,
    changes: Only<Given, WebhookChanges>,
    expected?: Expected<WebhookEndpoint>,
  ): Promise<WebhookEndpoint> {
    const { state, ...fields }: WebhookChanges = changes;
    if (fields.url !== undefined) this.#assertCallable(fields.url);
    return this.#parts.change(actor, async (tx) => {
      const endpoint = await lockToChange(tx, id);
      await assertExpected(expected, () => endpoint);
      const { events = endpoint.events } = fields;
      const isQuieter = fields.url === undefined && fields.events === undefined;
      if (!isQuieter || state === 'active') {
        assertMayRead(actor, events);
        // What waits was asked for when its kinds may have been others, and goes where it is sent now.
        assertMayRead(actor, await kindsThatWait(tx, id));
      }
      const readable = fields.events !== undefined && { readableWith: permissionsToRead(events) };
      await WebhookEndpoint.query(tx)
        .findById(id)
        .change({ ...fields, ...readable }, tx.now);
      if (state === 'paused' && !endpoint.pausedAt) await pause(tx, endpoint, 'asked');
      if (state === 'active' && endpoint.pausedAt) await resume(tx, endpoint);
      await tx.audit({ target: { type: 'webhook', id }, changed: Object.keys(changes) });
      return this.get(actor, id, tx);
    });
  }

  async remove(actor: Actor, id: string, expected?: Expected<WebhookEndpoint>): Promise<void> {
    await this.#parts.change(actor, async (tx) => {
      const endpoint = await lockToChange(tx, id);
      await assertExpected(expected, () => endpoint);
      await WebhookEndpoint.query(tx).deleteById(id);
      await tx.audit({ target: { type: 'webhook', id } });
    });
  }

  rotateSecret(
    actor: Actor,
    id: string,
    { overlapSeconds = daySeconds }: WebhookRotation,
  ): Promise<WithSecret> {
    return this.#parts.change(actor, async (tx) => {
      const endpoint = await lockToChange(tx, id);
      const { secret, ...sealed } = successorOf(this.#parts.secretKeys, endpoint);
      const previousSecretUntil = secondsAfter(tx.now, overlapSeconds);
      await WebhookEndpoint.query(tx)
        .findById(id)
        .change({ ...sealed, previousSecretUntil }, tx.now);
      await tx.audit({ target: { type: 'webhook', id }, changed: ['secret'] });
      return { endpoint: await this.get(actor, id, tx), secret };
    });
  }

  #assertCallable(url: string): void {
    const message = this.#parts.destinations.refusalOf(new URL(url));
    if (message === undefined) return;
    throw invalidInput({ in: 'body', path: 'url', code: 'broken_rule', message });
  }

  /** One after the other, so that two at once do not go past the maximum. */
  async #assertRoom(tx: Transaction): Promise<void> {
    await tx.raw("select pg_advisory_xact_lock(hashtext('webhooks'))");
    const count = await WebhookEndpoint.query(tx).resultSize();
    if (count >= this.#parts.config.webhooks.max) throw problem('too_many_webhooks');
  }
}

async function kindsThatWait(tx: Transaction, endpointId: string): Promise<EventName[]> {
  const query = WebhookDelivery.query(tx).where({ endpointId, state: 'waiting' });
  return (await query.distinct('event')).map(({ event }) => event);
}

/** Whoever changes an endpoint, or what waits for it, holds its row. */
export async function lockToChange(tx: Transaction, id: string): Promise<WebhookEndpoint> {
  const endpoint = await findLocked(tx, id);
  if (!endpoint) throw noSuchWebhook();
  return endpoint;
}

export async function findLocked(
  tx: Transaction,
  id: string,
): Promise<WebhookEndpoint | undefined> {
  return WebhookEndpoint.query(tx).findById(id).forNoKeyUpdate();
}

function noSuchWebhook() {
  return problem('not_found', { detail: 'There is no such webhook.' });
}
