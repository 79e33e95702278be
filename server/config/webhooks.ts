import { section, when } from './section.ts';
import { csv, privateNetwork, whole } from './values.ts';

const ownMachine = ['127.0.0.0/8', '::1/128'];

export const webhooks = section({
  settings: {
    WEBHOOK_MAX: whole(0, 10_000).default(50),
    WEBHOOK_TIMEOUT_MS: whole(100, 60_000).default(15_000),
    WEBHOOK_DELIVERY_DAYS: whole(4, 365).default(30),
    WEBHOOK_ALLOWED_NETWORKS: csv.pipe(privateNetwork.array()).optional(),
  },
  build: (given, { isProduction }) => ({
    /** How many there may be. */
    max: given.WEBHOOK_MAX,
    /** Of one attempt, from the look-up of the name to the end of the answer. */
    timeoutMs: given.WEBHOOK_TIMEOUT_MS,
    /** For how long what became of an event can be looked at. */
    deliveryDays: given.WEBHOOK_DELIVERY_DAYS,
    /** Private networks that are called, by http as well. */
    allowedNetworks: given.WEBHOOK_ALLOWED_NETWORKS ?? (isProduction ? [] : ownMachine),
  }),
  warn: ({ allowedNetworks }, { isProduction }) =>
    when(
      isProduction && allowedNetworks.length > 0,
      'WEBHOOK_ALLOWED_NETWORKS is set: whoever manages webhooks can make this service call addresses there.',
    ),
});

export type WebhooksConfig = ReturnType<typeof webhooks.build>;
