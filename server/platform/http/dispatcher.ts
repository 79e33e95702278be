import type { AppRoute, AppRouter } from '@ts-rest/core';
import { createExpressEndpoints } from '@ts-rest/express';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { type Operation, operationsOf } from '../../../contract/kit/operations.ts';
import type { Guard } from '../auth/guard.ts';
import { getRequestContext } from '../observability/request-context.ts';
import { problem } from '../problem-error.ts';
import { type GroupLimits, limitByGroup } from './limits.ts';
import { checkText, readBody } from './parse.ts';
import { checkReply } from './reply.ts';

export interface DispatcherOptions {
  readonly contract: AppRouter;
  /** Contract key → feature's handlers, the same shape as the contract. */
  readonly handlers: Record<string, object>;
  readonly guard: Guard;
  readonly bodyLimitBytes: number;
  readonly limits: GroupLimits;
}

/**
 * The walk of one request, after the edge:
 * route → guard (401, 403) → limit (429) → read and parse (400, 413, 415, 422) → handler → check our own reply
 * → send. What is thrown on the way becomes a problem in `problem-reply.ts`.
 */
export function mountContract(app: Express, options: DispatcherOptions): void {
  const operations = operationsOf(options.contract);
  const byRoute = new Map(operations.map((operation) => [operation.route, operation]));

  createExpressEndpoints(options.contract, implement(operations, options.handlers) as never, app, {
    globalMiddleware: [
      enter(byRoute),
      admit(options.guard),
      limitByGroup(options.limits),
      readBody(options.bodyLimitBytes),
      checkText,
    ] as never[],
    requestValidationErrorHandler: (error, _req, _res, next) => next(error),
    logInitialization: false,
  });
  for (const [path, methods] of methodsByPath(operations)) app.all(path, onlyThese(methods));
}

function enter(byRoute: ReadonlyMap<AppRoute, Operation>): RequestHandler {
  return (req, res, next) => {
    const operation = byRoute.get((req as Request & { tsRestRoute: AppRoute }).tsRestRoute);
    if (!operation) throw new Error('ts-rest routed to an endpoint that is not in the contract');
    getRequestContext().operation = operation;
    // Whatever is personal or a credential stays out of shared and private caches alike.
    if (operation.access.kind !== 'anyone' || operation.route.method !== 'GET') {
      res.setHeader('Cache-Control', 'no-store');
    }
    next();
  };
}

function admit(guard: Guard): RequestHandler {
  return async (req, _res, next) => {
    const context = getRequestContext();
    if (!context.operation) throw new Error('A request was admitted before it was routed');
    const actor = await guard(context.operation, req.headers);
    if (actor) context.actor = actor;
    next();
  };
}

type AnyHandler = (call: object) => Promise<{
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}>;

/** ts-rest validates the input and sends; between the two stand our handler and our promise. */
function implement(operations: readonly Operation[], handlers: DispatcherOptions['handlers']) {
  const router: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const { noun, verb } = operation;
    const handler = (handlers[noun] as Record<string, AnyHandler> | undefined)?.[verb];
    if (!handler) throw new Error(`${operation.name} is in the contract but has no handler`);
    router[noun] ??= {};
    router[noun][verb] = async (input: Input) => {
      const { params, query, body, res } = input;
      const request = getRequestContext();
      const reply = await handler({ params, query, body, request, actor: request.actor });
      const checked = checkReply(operation, reply);
      // Every 503 says when to come back; a report of bad health is one, too.
      const soon = checked.status === 503 ? { 'Retry-After': '2' } : {};
      res.set({ ...soon, ...reply.headers });
      return checked;
    };
  }
  return router;
}

interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly res: Response;
}

function methodsByPath(operations: readonly Operation[]): Map<string, string[]> {
  const byPath = Map.groupBy(operations, ({ route }) => route.path);
  return new Map(
    [...byPath].map(([path, group]) => [path, group.map(({ route }) => route.method)]),
  );
}

/** OPTIONS says which methods there are; any other method is refused with the same list. */
function onlyThese(methods: readonly string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (req: Request, res: Response, next: NextFunction) => {
    res.setHeader('Allow', allow);
    if (req.method === 'OPTIONS') res.status(204).end();
    else next(problem('method_not_allowed'));
  };
}
