import { type EventName, events } from '../../../contract/events.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import type { DeliveryError, deliveryStates, pauseReasons } from '../../../contract/webhooks.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import { keysetOf } from '../../platform/db/keyset.ts';

/** An address that is told of events: a webhook, as the contract calls it. */
export class WebhookEndpoint extends AppModel {
  static override tableName = 'webhook_endpoints';
  declare url: string;
  declare description: string | null;
  /** Null: all kinds. One that this release does not know may stand in it. */
  declare events: EventName[] | null;
  /** What whoever subscribed could read: a kind that takes something else is not sent. */
  declare readableWith: Permission[];
  declare sealedSecret: string;
  declare sealedPreviousSecret: string | null;
  declare previousSecretUntil: Date | null;
  declare pausedAt: Date | null;
  declare pauseReason: (typeof pauseReasons)[number] | null;
  /** Since when nothing arrived. */
  declare failingSince: Date | null;
  /** Which job works on it next, or now; any other one that comes has been replaced. */
  declare turnId: string | null;
  declare turnAt: Date | null;
  declare createdById: string | null;
  declare createdAt: Date;
  declare updatedAt: Date;

  /** What another release knows is no kind of this one. */
  get knownEvents(): EventName[] | null {
    return this.events?.filter((name) => name in events) ?? null;
  }
}

/** An event on its way to an endpoint. */
export class WebhookDelivery extends AppModel {
  static override tableName = 'webhook_deliveries';
  /** The order in which events are told: made by the database. */
  declare position: string;
  declare endpointId: string;
  declare eventId: string;
  declare event: EventName;
  /** What it is about: events about one thing are told one after the other. */
  declare subject: string;
  declare body: string;
  declare isTest: boolean;
  declare state: (typeof deliveryStates)[number];
  declare attempts: number;
  /** Null: it is done, or stands behind an earlier one about the same thing. */
  declare dueAt: Date | null;
  declare firstAttemptAt: Date | null;
  declare lastAttemptAt: Date | null;
  declare status: number | null;
  declare durationMs: number | null;
  declare error: DeliveryError | null;
  declare createdAt: Date;
}

/** How far events were read for webhooks. */
export class WebhookFeed extends AppModel {
  static override tableName = 'webhook_feed';
  declare xid: string;
  declare eventId: string;
}

export const webhookKeyset = keysetOf(WebhookEndpoint, {
  orders: { createdAt: { column: 'createdAt', kind: 'instant' } },
  usual: 'createdAt',
});

export const deliveryKeyset = keysetOf(WebhookDelivery, {
  orders: { createdAt: { column: 'createdAt', kind: 'instant' } },
  usual: '-createdAt',
});

/** For `sealed`, and whoever opens it: secrets cannot be moved to another endpoint. */
export const aboutSecret = (id: string) => `webhook_endpoints:${id}`;
export const aboutPreviousSecret = (id: string) => `webhook_endpoints.previous:${id}`;
