import * as z from 'zod';
import { eventNames } from './events.ts';
import { requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { listQuery, pageOf } from './kit/lists.ts';
import { Id, Instant, queryBoolean, shown, text } from './kit/scalars.ts';

/** Each release may bring kinds of events: whoever reads one passes over what they do not know. */
export const WebhookEvent = z.enum(eventNames).meta({ 'x-may-grow': true });

const exampleWebhook = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1a01',
  url: 'https://hooks.example.com/charter',
  description: 'Keeps the customer database up to date.',
  events: ['account.created' as const, 'account.updated' as const],
  state: 'active' as const,
  pauseReason: null,
  pausedAt: null,
  previousSecretUntil: null,
  createdById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwq3YR6uRbCkE=';

const Events = z.array(WebhookEvent).max(eventNames.length).nullable();

export const webhookStates = ['active', 'paused'] as const;

/** `asked`: by somebody. `failing`: nothing arrived for three days. `gone`: it answered 410. */
export const pauseReasons = ['asked', 'failing', 'gone'] as const;

export const Webhook = z
  .object({
    id: Id,
    url: shown({ max: 2000 }),
    description: shown({ max: 500 }).nullable(),
    events: Events.describe('The kinds of events that it gets; null: all.'),
    state: z
      .enum(webhookStates)
      .describe('While it is paused events collect, for as long as deliveries are kept.'),
    pauseReason: z
      .enum(pauseReasons)
      .nullable()
      .describe('`asked`, `failing` for three days, or `gone`: it answered 410.'),
    pausedAt: Instant.nullable(),
    previousSecretUntil: Instant.nullable().describe(
      'Until then the secret before the last rotation signs, too.',
    ),
    createdById: Id.nullable().describe(
      'The account that made it; null: a program did, or it is gone.',
    ),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({
    id: 'Webhook',
    description: 'An address that is told of events. Its secret was shown once.',
    examples: [exampleWebhook],
  });
export type Webhook = z.infer<typeof Webhook>;

export const WebhookWithSecret = Webhook.extend({
  secret: shown({ max: 100 }).describe(
    'What signs, for whoever verifies: shown now, and never again.',
  ),
}).meta({
  id: 'WebhookWithSecret',
  description: 'A webhook, with the secret that it was given just now.',
  examples: [{ ...exampleWebhook, secret }],
});
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

const Url = z
  .url({ protocol: /^https?$/, error: 'Write an address that begins with https://' })
  .max(2000)
  .meta({
    description:
      'Where events are sent to by POST. `https`, without a user or a fragment; it must lead to the public internet, or to a network that this service was told to call.',
    examples: ['https://hooks.example.com/charter'],
  });
const Description = text({ max: 500, description: 'What it is for.' });
const GivenEvents = Events.describe(
  'The kinds of events to send, or null for all. Each kind takes the permission with which such events can be read.',
);

export const NewWebhook = z
  .strictObject({
    url: Url,
    description: Description.nullable().optional(),
    events: GivenEvents,
  })
  .meta({
    id: 'NewWebhook',
    description: 'A webhook to create.',
    examples: [
      {
        url: 'https://hooks.example.com/charter',
        description: 'Keeps the customer database up to date.',
        events: ['account.created'],
      },
    ],
  });
export type NewWebhook = z.output<typeof NewWebhook>;

export const WebhookChanges = z
  .strictObject({
    url: Url.optional(),
    description: Description.nullable().optional().describe('null clears it.'),
    events: GivenEvents.optional(),
    state: z
      .enum(webhookStates)
      .optional()
      .describe('`paused` stops it; `active` lets it go on, with what has collected.'),
  })
  .meta({
    id: 'WebhookChanges',
    description: 'What to change; what is left out stays.',
    examples: [{ state: 'paused' }],
  });
export type WebhookChanges = z.output<typeof WebhookChanges>;

const weekSeconds = 604_800;

export const WebhookRotation = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(weekSeconds)
      .optional()
      .describe('How long the old secret signs beside the new one; a day when left out.'),
  })
  .meta({
    id: 'WebhookRotation',
    description: 'How to rotate.',
    examples: [{ overlapSeconds: 3_600 }],
  });
export type WebhookRotation = z.output<typeof WebhookRotation>;

export const WebhookTest = z
  .strictObject({ event: WebhookEvent.describe('The kind of which an example is sent.') })
  .meta({
    id: 'WebhookTest',
    description: 'What to send as a test.',
    examples: [{ event: 'account.created' }],
  });
export type WebhookTest = z.output<typeof WebhookTest>;

/** `failed` was given up. */
export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;

/** Why an attempt did not arrive, in words of ours: nothing that the receiver wrote. */
export const deliveryErrors = [
  'refused',
  'redirect',
  'timed_out',
  'name_not_found',
  'not_reachable',
  'connection_lost',
  'tls_failed',
  'invalid_answer',
  'address_refused',
  'secret_lost',
] as const;
export type DeliveryError = (typeof deliveryErrors)[number];

export const WebhookDelivery = z
  .object({
    id: Id,
    eventId: Id.describe('The `webhook-id` of the request: the same in every attempt.'),
    event: WebhookEvent,
    isTest: z.boolean(),
    state: z.enum(deliveryStates).describe('`failed`: given up.'),
    attempts: z.int().min(0).describe('How often it was tried.'),
    lastAttemptAt: Instant.nullable(),
    nextAttemptAt: Instant.nullable().describe(
      'Not before; null: it is done, or waits for an earlier event about the same thing.',
    ),
    status: z.int().min(100).max(999).nullable().describe('What the last attempt was answered.'),
    durationMs: z.int().min(0).nullable().describe('How long the last attempt took.'),
    error: z
      .enum(deliveryErrors)
      .nullable()
      .describe('Why the last attempt failed; `refused`: by its status.'),
    createdAt: Instant,
  })
  .meta({
    id: 'WebhookDelivery',
    description: 'What became of an event for a webhook. What was answered is kept nowhere.',
    examples: [
      {
        id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1b01',
        eventId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1c01',
        event: 'account.created',
        isTest: false,
        state: 'waiting',
        attempts: 1,
        lastAttemptAt: '2026-11-21T12:00:01.000Z',
        nextAttemptAt: '2026-11-21T12:00:06.000Z',
        status: 503,
        durationMs: 87,
        error: 'refused',
        createdAt: '2026-11-21T12:00:00.000Z',
      },
    ],
  });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookQuery = listQuery({
  sort: ['createdAt'],
  filters: { state: z.enum(webhookStates).describe('Only those in this state.').optional() },
});
export type WebhookQuery = z.output<typeof WebhookQuery>;

export const WebhookDeliveryQuery = listQuery({
  sort: ['createdAt'],
  filters: {
    state: z.enum(deliveryStates).describe('Only those in this state.').optional(),
    event: WebhookEvent.describe('Only this kind of event.').optional(),
    isTest: queryBoolean({ description: 'Only tests, or only events that happened.' }).optional(),
  },
});
export type WebhookDeliveryQuery = z.output<typeof WebhookDeliveryQuery>;

const WebhookPath = z.object({ webhookId: Id });
const DeliveryPath = z.object({ webhookId: Id, deliveryId: Id });

const readers = requires('webhooks:read');
const managers = requires('webhooks:manage', { exact: true });

export const webhooks = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List webhooks',
      description: 'Pages through the webhooks, the oldest first unless asked otherwise.',
      query: WebhookQuery,
      responses: { 200: pageOf(Webhook, 'WebhookPage') },
      metadata: { graphql: { field: 'webhooks' }, access: readers },
    },
    get: {
      method: 'GET',
      path: '/:webhookId',
      summary: 'Get a webhook',
      description: 'Answers one webhook, without its secret.',
      pathParams: WebhookPath,
      responses: { 200: Webhook },
      metadata: { graphql: { field: 'webhook' }, access: readers, conditional: true },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Create a webhook',
      description:
        'Events that happen from now on are sent to its address, signed as Standard Webhooks says. The secret is shown in this answer only. Whoever asks for a kind of event holds what it takes to read such events.',
      body: NewWebhook,
      responses: { 200: WebhookWithSecret },
      metadata: {
        graphql: { field: 'createWebhook' },
        access: managers,
        idempotency: 'once',
        problems: ['too_many_webhooks'],
        safety: true,
      },
    },
    update: {
      method: 'PATCH',
      path: '/:webhookId',
      summary: 'Change a webhook, pause it or let it go on',
      description:
        'Changes what is sent and leaves the rest. Whoever changes anything but its description, or more than pausing it, holds what it takes to read the events that it gets.',
      pathParams: WebhookPath,
      body: WebhookChanges,
      responses: { 200: Webhook },
      metadata: {
        graphql: { field: 'updateWebhook' },
        access: managers,
        conditional: true,
        safety: true,
      },
    },
    remove: {
      method: 'DELETE',
      path: '/:webhookId',
      summary: 'Remove a webhook',
      description: 'It is gone for good, with its deliveries. What waits is not sent any more.',
      pathParams: WebhookPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'removeWebhook' },
        access: managers,
        conditional: true,
        safety: true,
      },
    },
    rotateSecret: {
      method: 'POST',
      path: '/:webhookId/rotate-secret',
      summary: 'Rotate the secret of a webhook',
      description:
        'Makes another secret, shown in this answer only. The old one signs beside it for the overlap, so that the receiver can change over.',
      pathParams: WebhookPath,
      body: WebhookRotation,
      responses: { 200: WebhookWithSecret },
      metadata: {
        graphql: { field: 'rotateWebhookSecret' },
        access: managers,
        idempotency: 'once',
        safety: true,
      },
    },
    test: {
      method: 'POST',
      path: '/:webhookId/deliveries',
      summary: 'Send an example event to a webhook',
      description:
        'A worker sends the example of the kind, once, with `test: true` in its body. What became of it stands among the deliveries.',
      pathParams: WebhookPath,
      body: WebhookTest,
      responses: { 202: WebhookDelivery },
      metadata: {
        graphql: { field: 'testWebhook' },
        access: managers,
        idempotency: 'replays',
        problems: ['webhook_paused'],
      },
    },
    deliveries: {
      method: 'GET',
      path: '/:webhookId/deliveries',
      summary: 'List the deliveries of a webhook',
      description:
        'Pages through what was sent and what waits, the newest first unless asked otherwise. They are kept for `WEBHOOK_DELIVERY_DAYS`.',
      pathParams: WebhookPath,
      query: WebhookDeliveryQuery,
      responses: { 200: pageOf(WebhookDelivery, 'WebhookDeliveryPage') },
      metadata: { graphql: { field: 'webhookDeliveries' }, access: readers },
    },
    redeliver: {
      method: 'POST',
      path: '/:webhookId/deliveries/:deliveryId/redeliver',
      summary: 'Send an event to a webhook again',
      description:
        'What was delivered or given up is sent once more, under the same `webhook-id`, behind what waits about the same thing: that is a delivery of its own. One that waits for its next attempt is tried now.',
      pathParams: DeliveryPath,
      body: c.noBody(),
      responses: { 202: WebhookDelivery },
      metadata: {
        graphql: { field: 'redeliverWebhook' },
        access: managers,
        idempotency: 'replays',
        problems: ['webhook_paused'],
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/webhooks`),
);
