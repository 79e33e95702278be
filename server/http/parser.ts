import { createExpressEndpoints, RequestValidationError } from '@ts-rest/express';
import type { AppRoute, AppRouter } from '../../contract/kit/api.ts';
import {
  type BrokenPart,
  type Issue,
  invalidInput,
  schemasOf,
} from '../operations/invalid-input.ts';
import type { Input } from '../operations/reply.ts';
import { withoutStack } from '../platform/without-stack.ts';

/** The parts of a request as they came, in the shape that ts-rest knows of Express. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: object;
  readonly body: unknown;
}

/** Validates a request against its schemas. @throws a problem `validation_failed`. */
export type Parser = (raw: RawInput) => Promise<Input>;

/**
 * ts-rest's Express adapter, turned around: the handler that it calls with the validated input
 * hands it back, so that every step of the walk stays in one function (decision 0029). It registers
 * its routes with an object that only remembers them.
 */
export function parsersOf(contract: AppRouter): Map<AppRoute, Parser> {
  const parsers = new Map<AppRoute, Parser>();
  const register = (_path: string, ...handlers: TsRestHandler[]) => {
    const [remember, handle] = handlers;
    if (!remember || !handle) throw new Error('ts-rest registers routes otherwise than it did');
    const marked: { tsRestRoute?: AppRoute } = {};
    void remember(marked as never, noResponse, () => {});
    if (marked.tsRestRoute) parsers.set(marked.tsRestRoute, parserOf(marked.tsRestRoute, handle));
  };
  const app = {
    get: register,
    post: register,
    put: register,
    patch: register,
    delete: register,
    // ts-rest's own error handler: findings of the validation come out of the parser instead.
    use: () => {},
  };
  createExpressEndpoints(contract, handBack(contract) as never, app as never, {
    logInitialization: false,
  });
  return parsers;
}

interface TsRestRequest extends RawInput {
  input?: Input;
}

type TsRestHandler = (
  req: TsRestRequest,
  res: typeof noResponse,
  next: (error: unknown) => void,
) => Promise<void> | void;

/** What ts-rest takes for the response: whatever it writes there goes nowhere. */
const noResponse = {
  status: () => noResponse,
  end: () => {},
  json: () => {},
  send: () => {},
  setHeader: () => {},
};

function parserOf(route: AppRoute, handle: TsRestHandler): Parser {
  return async ({ params, query, headers, body }) => {
    const request: TsRestRequest = { params, query, headers, body };
    let failure: unknown;
    const keep = (error: unknown) => {
      failure = error;
    };
    // It validates before it waits for anything.
    await withoutStack(() => handle(request, noResponse, keep));
    if (request.input) return request.input;
    throw failure instanceof RequestValidationError ? findingsOf(route, request, failure) : failure;
  };
}

function handBack(contract: AppRouter): object {
  const take = async ({ params, query, body, req }: Input & { req: TsRestRequest }) => {
    req.input = { params, query, body };
    return { status: 204, body: undefined };
  };
  return Object.fromEntries(
    Object.entries(contract).map(([noun, router]) => [
      noun,
      Object.fromEntries(Object.keys(router).map((verb) => [verb, take])),
    ]),
  );
}

function findingsOf(route: AppRoute, raw: RawInput, error: RequestValidationError) {
  const schemas = schemasOf(route);
  const broken = (
    schema: unknown,
    value: unknown,
    found: { issues: unknown } | null,
  ): BrokenPart | undefined =>
    found ? { issues: found.issues as readonly Issue[], schema, value } : undefined;
  return invalidInput({
    path: broken(schemas.path, raw.params, error.pathParams),
    query: broken(schemas.query, raw.query, error.query),
    headers: broken(schemas.headers, raw.headers, error.headers),
    body: broken(schemas.body, raw.body, error.body),
  });
}
