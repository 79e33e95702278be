import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import { runInRequest } from '../observability/request-context.ts';
import { problem } from '../problem-error.ts';
import { assertAcceptable, assertOneHost, createEdge, type EdgeOptions } from './edge.ts';
import type { Exchange } from './exchange.ts';
import { hostOf } from './express-host.ts';
import { Limits, type RequestLimits } from './limits.ts';
import { type ObserverParts, observer } from './observe.ts';
import { type Address, type ContractParts, compileContract, type Plan } from './plans.ts';
import { type ProblemOptions, refuse } from './problem-reply.ts';

export interface DispatcherOptions
  extends ContractParts,
    EdgeOptions,
    ObserverParts,
    ProblemOptions {
  readonly limits: RequestLimits;
  /** What is not in the contract: pages, and what a team mounts for itself. */
  readonly mountPages: (app: Express) => void;
}

/**
 * The walk of one request. Every step may throw, and then `refuse` answers:
 * edge (400, 429) → address (404, 405, 406) → guard (401, 403) → limit (429) → read and parse
 * (400, 413, 415, 422) → handler → check of our own reply (500) → send.
 * Who is not signed in learns nothing about validation, and does not make us parse.
 */
export function createDispatcher(options: DispatcherOptions): RequestListener {
  const enter = createEdge(options);
  const observe = observer(options);
  const limits = new Limits(options.limits);
  const addresses = compileContract(options);
  const express = hostOf(options);

  async function walk(exchange: Exchange): Promise<void> {
    observe(exchange);
    const match = addresses.find(exchange.path);
    const plan = match && planFor(match.entry, exchange.method);
    if (!plan || plan.operation.limit) await limits.byAddress(exchange);
    assertOneHost(exchange);
    if (!match) return express(exchange);
    assertAcceptable(exchange.req);
    if (plan) await perform(plan, exchange, match.params);
    else offer(match.entry, exchange);
  }

  async function perform(plan: Plan, exchange: Exchange, params: Exchange['params']) {
    exchange.operation = plan.operation;
    exchange.params = exchange.path.includes('%') ? decoded(params) : params;
    exchange.cacheControl = plan.operation.cacheControl;
    exchange.actor = await plan.admit(exchange.req.headers);
    const { limit } = plan.operation;
    if (limit) await limits.byGroup(limit, exchange);
    const body = plan.readBody && (await plan.readBody(exchange.req));
    exchange.body = body?.value;
    plan.checkText(exchange, body?.text ?? '');
    await plan.respond(exchange);
  }

  return (req, res) => {
    const exchange = enter(req, res);
    runInRequest(exchange, () => {
      walk(exchange).catch((error: unknown) => refuse(options, exchange, error));
    });
  };
}

function planFor({ plans }: Address, method: string): Plan | undefined {
  return plans.get(method === 'HEAD' ? 'GET' : method);
}

/** OPTIONS says which methods there are; any other method is refused with the same list. */
function offer({ allow }: Address, exchange: Exchange): void {
  exchange.setHeader('Allow', allow);
  if (exchange.method !== 'OPTIONS') throw problem('method_not_allowed');
  exchange.status(204).end();
}

/** @throws a problem `malformed_request` for a broken percent-encoding. */
function decoded(params: Exchange['params']): Exchange['params'] {
  try {
    const pairs = Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]);
    return Object.fromEntries(pairs) as Exchange['params'];
  } catch {
    throw problem('malformed_request');
  }
}
