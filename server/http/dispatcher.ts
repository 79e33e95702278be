import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import type { AppRouter } from '../../contract/kit/api.ts';
import { contentTypeOf, isLive, isStreamed } from '../../contract/kit/facets/streams.ts';
import type { Operations } from '../operations/operations.ts';
import { perform } from '../operations/perform.ts';
import { runInCall } from '../platform/observability/call-context.ts';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import { type Address, addressTable, type Endpoint } from './addresses.ts';
import { createEdge } from './edge.ts';
import type { Exchange } from './exchange.ts';
import { hostOf } from './express-host.ts';
import { observer } from './observe.ts';
import { refuser } from './problem-reply.ts';
import { replyHeaders } from './reply-headers.ts';
import { assertAcceptable, createHostCheck } from './request-head.ts';
import { sendLive } from './send-live.ts';
import { sendStream } from './send-stream.ts';
import type { Way } from './way.ts';

export type DispatcherPlatform = Pick<Platform, 'config' | 'log' | 'telemetry' | 'stopping'>;

export interface DispatcherParts {
  readonly contract: AppRouter;
  readonly operations: Pick<Operations, 'plans' | 'limits' | 'files' | 'refusals'>;
  /** What is not in the contract: pages, and what a team mounts for itself. */
  readonly mountPages: (app: Express) => void;
  readonly ways?: readonly Way[];
}

/**
 * The walk of one request. Every step may throw, and then `refuse` answers:
 * edge (400, 421, 429) → address (404, 405, 406) → `perform`, the walk of every call (admit, limit,
 * parse, perform, check) → send.
 */
export function createDispatcher(
  platform: DispatcherPlatform,
  { contract, operations, mountPages, ways = [] }: DispatcherParts,
): RequestListener {
  const { plans, limits, files, refusals } = operations;
  const headers = replyHeaders(platform.config.http);
  const enter = createEdge(platform, headers);
  const assertHost = createHostCheck(platform.config.http);
  const observe = observer(platform);
  const refuse = refuser(refusals, platform.log);
  const addresses = addressTable(contract, plans, {
    files,
    bodyLimitBytes: platform.config.http.bodyLimitBytes,
  });
  const express = hostOf(platform, { mountPages, refuse, headers });
  const wayAt = new Map(ways.map((way) => [way.path, way]));

  async function walk(exchange: Exchange): Promise<void> {
    observe(exchange);
    const way = wayAt.get(exchange.path);
    exchange.route = way?.path;
    const match = addresses.find(exchange.path);
    const endpoint = match && endpointFor(match.entry, exchange.method);
    exchange.errors = endpoint?.plan.operation.errors;
    for (const [name, value] of endpoint?.plan.deprecated?.headers ?? none)
      exchange.addHeader(name, value);
    // Probes are free: an orchestrator that gets 429 would restart us.
    if (!endpoint || endpoint.plan.limit) await limits.byAddress(exchange);
    assertHost(exchange.req);
    if (way) return way.answer(exchange);
    if (!match) return express(exchange);
    assertAcceptable(exchange.req, endpoint?.plan.operation.streams);
    if (!endpoint) return offer(match.entry, exchange);
    const { plan, parse } = endpoint;
    const { cacheControl, vary, locate, streams } = plan.operation;
    const reply = await perform(plan, exchange, () => parse(exchange, match.params));
    if (streams && isLive(reply.body)) return sendLive(exchange, reply, reply.body, streams);
    if (streams && isStreamed(reply.body)) {
      const contentType = contentTypeOf(reply.body, streams);
      return sendStream(exchange, reply, reply.body, { cacheControl, vary, contentType });
    }
    const isMade = reply.status === 201 && locate;
    const location = isMade ? locate(exchange.path, reply.body) : undefined;
    exchange.send(reply, { cacheControl, vary, location });
  }

  return (req, res) => {
    const exchange = enter(req, res);
    runInCall(exchange, () => {
      walk(exchange).catch((error: unknown) => refuse(exchange, error));
    });
  };
}

const none: readonly [] = Object.freeze([]);

function endpointFor({ endpoints }: Address, method: string): Endpoint | undefined {
  return endpoints.get(method === 'HEAD' ? 'GET' : method);
}

/** OPTIONS says which methods there are; any other method is refused with the same list. */
function offer({ allow }: Address, exchange: Exchange): void {
  exchange.addHeader('Allow', allow);
  if (exchange.method !== 'OPTIONS') throw problem('method_not_allowed');
  exchange.send({ status: 204 });
}
