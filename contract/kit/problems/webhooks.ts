import type { ProblemKind } from './kind.ts';

/** Webhooks and their deliveries. */
export const webhookProblems = {
  too_many_webhooks: {
    status: 409,
    title: 'There are too many webhooks',
    prose:
      'There can be `WEBHOOK_MAX` webhooks of this service at a time. Remove one that is not used any more.',
  },
  webhook_paused: {
    status: 409,
    title: 'The webhook is paused',
    prose: 'Nothing is sent to a webhook while it is paused. Let it go on first: `state: active`.',
  },
} as const satisfies Record<string, ProblemKind>;
