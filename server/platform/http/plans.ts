import type { AppRoute, AppRouter } from '@ts-rest/core';
import { createExpressEndpoints } from '@ts-rest/express';
import { hasBody, type Operation, operationsOf } from '../../../contract/kit/operations.ts';
import type { Guard } from '../auth/guard.ts';
import { unavailableSeconds } from '../problem-error.ts';
import type { Exchange } from './exchange.ts';
import { type BodyReader, bodyReader } from './read-body.ts';
import { replyCheck } from './reply.ts';
import { RouteTable } from './route-table.ts';
import { type TextCheck, textCheck } from './storable-text.ts';

export interface ContractParts {
  readonly contract: AppRouter;
  /** Contract key → feature's handlers, the same shape as the contract. */
  readonly handlers: Record<string, object>;
  readonly guard: Guard;
  readonly bodyLimitBytes: number;
}

/** All that is known of an operation before anybody calls it. Made once, at start. */
export interface Plan {
  readonly operation: Operation;
  readonly admit: ReturnType<Guard>;
  readonly readBody: BodyReader | undefined;
  readonly checkText: TextCheck;
  /** ts-rest: validates the input, calls the handler, sends its reply. */
  readonly respond: (exchange: Exchange) => Promise<void>;
}

/** What one address offers. */
export interface Address {
  readonly plans: Map<string, Plan>;
  /** The methods, as the `Allow` header lists them. */
  allow: string;
}

/**
 * Compiles the contract: every operation becomes a plan in a table of addresses. ts-rest believes
 * that the table is an Express app: it only ever calls the methods of `routes`.
 */
export function compileContract(parts: ContractParts): RouteTable<Address> {
  const operations = operationsOf(parts.contract);
  const byRoute = new Map(operations.map((operation) => [routeKey(operation.route), operation]));
  const table = new RouteTable<Address>();
  const add =
    (method: AppRoute['method']) =>
    (path: string, ...handlers: TsRestHandler[]) => {
      const operation = byRoute.get(routeKey({ method, path }));
      const handler = handlers.at(-1);
      if (!operation || !handler) throw new Error(`${method} ${path} is not in the contract`);
      const address = table.entryOf(path, () => ({ plans: new Map(), allow: '' }));
      if (address.plans.has(method)) throw new Error(`${method} ${path} is in the contract twice`);
      address.plans.set(method, compile(operation, handler, parts));
      address.allow = allowOf([...address.plans.keys()]);
    };
  const routes = {
    get: add('GET'),
    post: add('POST'),
    put: add('PUT'),
    patch: add('PATCH'),
    delete: add('DELETE'),
    // ts-rest's own error handler: findings of the validation come out of `respond` instead.
    use: () => {},
  };
  createExpressEndpoints(
    parts.contract,
    implement(operations, parts.handlers) as never,
    routes as never,
    { logInitialization: false },
  );
  return table;
}

type TsRestHandler = (
  req: Exchange,
  res: Exchange,
  next: (error: unknown) => void,
) => Promise<void>;

function routeKey({ method, path }: Pick<AppRoute, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function allowOf(methods: readonly string[]): string {
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function compile(operation: Operation, handler: TsRestHandler, parts: ContractParts): Plan {
  const { route } = operation;
  return {
    operation,
    admit: parts.guard(operation),
    readBody: hasBody(route) ? bodyReader(route, parts.bodyLimitBytes) : undefined,
    checkText: textCheck(route),
    respond: async (exchange) => {
      let failure: { readonly error: unknown } | undefined;
      await handler(exchange, exchange, (error) => {
        failure = { error };
      });
      if (failure) throw failure.error;
    },
  };
}

type AnyHandler = (call: object) => Promise<{
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}>;

/** ts-rest validates the input and sends; between the two stand our handler and our promise. */
function implement(operations: readonly Operation[], handlers: ContractParts['handlers']) {
  const router: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const { noun, verb, locate } = operation;
    const handler = (handlers[noun] as Record<string, AnyHandler> | undefined)?.[verb];
    if (!handler) throw new Error(`${operation.name} is in the contract but has no handler`);
    const check = replyCheck(operation);
    router[noun] ??= {};
    router[noun][verb] = async ({ params, query, body, req: exchange }: Input) => {
      const call = { params, query, body, request: exchange, actor: exchange.actor };
      const { status, body: answer, headers } = await handler(call);
      const checked = check.body(status, answer);
      // A report of bad health says when to come back, as every 503 does.
      if (status === 503) exchange.setHeader('Retry-After', String(unavailableSeconds));
      const added = Object.entries(headers ?? {});
      // All of them first: found out while everything is written, nothing could be answered.
      for (const [name, value] of added) check.header(name, value);
      for (const [name, value] of added) exchange.setHeader(name, value);
      if (status === 201 && locate) exchange.setHeader('Location', locate(exchange.path, checked));
      return { status, body: checked };
    };
  }
  return router;
}

interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly req: Exchange;
}
