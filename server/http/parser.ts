import { createExpressEndpoints } from '@ts-rest/express';
import * as z from 'zod';
import type { AppRoute, AppRouter } from '../../contract/kit/api.ts';
import {
  type BrokenParts,
  type Issue,
  invalidInput,
  schemasOf,
} from '../operations/invalid-input.ts';
import type { Input } from '../operations/reply.ts';

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
 *
 * It is given schemas that write down what they find and let it go on: its own errors print every
 * finding and their stacks, which costs as much as the rest of a refusal, and nobody reads them.
 */
export function parsersOf(contract: AppRouter): Map<AppRoute, Parser> {
  const parsers = new Map<AppRoute, Parser>();
  const notes = new Notes();
  const originals = new Map<AppRoute, AppRoute>();
  const noting = mapRoutes(contract, (route) => {
    const copy = notingRoute(route, notes);
    originals.set(copy, route);
    return copy;
  });
  const register = (_path: string, ...handlers: TsRestHandler[]) => {
    const [remember, handle] = handlers;
    if (!remember || !handle) throw new Error('ts-rest registers routes otherwise than it did');
    const marked: { tsRestRoute?: AppRoute } = {};
    void remember(marked as never, noResponse, () => {});
    const route = marked.tsRestRoute && originals.get(marked.tsRestRoute);
    if (route) parsers.set(route, parserOf(handle, notes));
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
  const handlers = mapRoutes(contract, () => handBack);
  createExpressEndpoints(noting as AppRouter, handlers as never, app as never, {
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

async function handBack({ params, query, body, req }: Input & { req: TsRestRequest }) {
  req.input = { params, query, body };
  return { status: 204, body: undefined };
}

function mapRoutes(contract: AppRouter, map: (route: AppRoute) => unknown): object {
  return Object.fromEntries(
    Object.entries(contract).map(([noun, router]) => [
      noun,
      Object.fromEntries(
        Object.entries(router as Record<string, AppRoute>).map(([verb, route]) => [
          verb,
          map(route),
        ]),
      ),
    ]),
  );
}

type Part = keyof BrokenParts;

/** What the schemas found in the request that is being validated: there is one at a time. */
class Notes {
  #broken: BrokenParts | undefined;

  add(part: Part, issues: readonly Issue[], schema: unknown, value: unknown): void {
    this.#broken = { ...this.#broken, [part]: { issues, schema, value } };
  }

  /** What was found since the last time. */
  take(): BrokenParts | undefined {
    const broken = this.#broken;
    this.#broken = undefined;
    return broken;
  }
}

function notingRoute(route: AppRoute, notes: Notes): AppRoute {
  const { path, query, headers, body } = schemasOf(route);
  const noting = (part: Part, schema: unknown) =>
    schema instanceof z.ZodType ? notingSchema(part, schema, notes) : schema;
  return {
    ...route,
    pathParams: noting('path', path),
    query: noting('query', query),
    headers: noting('headers', headers),
    ...(body !== undefined && { body: noting('body', body) }),
  } as AppRoute;
}

/** A schema after https://standardschema.dev that accepts everything, and notes what it should not. */
function notingSchema(part: Part, schema: z.ZodType, notes: Notes): object {
  const judge = schema['~standard'].validate;
  const validate = (value: unknown) => {
    const result = judge(value);
    if ('issues' in result && result.issues) {
      notes.add(part, result.issues as readonly Issue[], schema, value);
      return { value };
    }
    return result;
  };
  return { '~standard': { version: 1, vendor: 'charter', validate } };
}

function parserOf(handle: TsRestHandler, notes: Notes): Parser {
  return async ({ params, query, headers, body }) => {
    const request: TsRestRequest = { params, query, headers, body };
    let failure: unknown;
    const handled = handle(request, noResponse, (error) => {
      failure = error;
    });
    // It has validated by now: only then does it wait, and others may come in between.
    const broken = notes.take();
    await handled;
    if (broken) throw invalidInput(broken);
    if (request.input) return request.input;
    throw failure;
  };
}
