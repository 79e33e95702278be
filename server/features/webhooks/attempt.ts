import { performance } from 'node:perf_hooks';
import { service } from '../../../contract/service.ts';
import type { DeliveryError } from '../../../contract/webhooks.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Destinations } from '../../platform/outgoing/destinations.ts';
import { type Posted, post } from '../../platform/outgoing/post.ts';
import type { WebhookDelivery, WebhookEndpoint } from './model.ts';
import { signatureHeaders } from './signature.ts';

/** How an attempt ended: `error` is null where it arrived. */
export interface Attempted {
  readonly delivery: WebhookDelivery;
  readonly at: Date;
  readonly status: number | null;
  readonly durationMs: number;
  readonly error: DeliveryError | null;
}

export interface AttemptParts {
  readonly clock: Clock;
  readonly destinations: Destinations;
  readonly timeoutMs: number;
}

/** What an endpoint signs with is opened once for several. */
export interface Addressed {
  readonly endpoint: WebhookEndpoint;
  readonly secrets: readonly string[];
}

export async function attempt(
  { clock, destinations, timeoutMs }: AttemptParts,
  { endpoint, secrets }: Addressed,
  delivery: WebhookDelivery,
  signal: AbortSignal,
): Promise<Attempted> {
  const [at, startedAt] = [clock.now(), performance.now()];
  const { eventId: id, body } = delivery;
  const headers = {
    'content-type': 'application/json',
    'user-agent': `${service.name}-webhooks`,
    ...signatureHeaders({ id, at, body }, secrets),
  };
  const isSigned = secrets.length > 0;
  const posted = isSigned
    ? await post({ url: endpoint.url, headers, body, timeoutMs, signal }, destinations)
    : undefined;
  const durationMs = Math.round(performance.now() - startedAt);
  const status = posted && 'status' in posted ? posted.status : null;
  return { delivery, at, status, durationMs, error: errorOf(posted) };
}

function errorOf(posted: Posted | undefined): DeliveryError | null {
  if (posted === undefined) return 'secret_lost';
  if ('failure' in posted) return posted.failure;
  const { status } = posted;
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'refused';
}
