import type { AppRouter } from '../../contract/kit/api.ts';
import { hasBody, hasInput, type Operation } from '../../contract/kit/operations.ts';
import type { Plan, Plans } from '../operations/plans.ts';
import type { Input } from '../operations/reply.ts';
import { type Suspects, textCheck } from '../operations/text-check.ts';
import { problem } from '../platform/problem-error.ts';
import type { Exchange } from './exchange.ts';
import { type Parser, parsersOf } from './parser.ts';
import { bodyReader, type ReadBody } from './read-body.ts';
import { type Reading, uploadReader } from './read-upload.ts';
import { RouteTable } from './route-table.ts';

/** An operation as HTTP serves it. */
export interface Endpoint {
  readonly plan: Plan;
  /** Reads and validates the input; 400, 413, 415, 422. */
  readonly parse: (exchange: Exchange, params: Params) => Input | Promise<Input>;
}

export type Params = Readonly<Record<string, string>>;

/** What one address offers. */
export interface Address {
  readonly endpoints: Map<string, Endpoint>;
  /** The methods, as the `Allow` header lists them. */
  allow: string;
}

/** Puts every operation at its address. Done once, at start. */
export function addressTable(
  contract: AppRouter,
  plans: Plans,
  reading: Reading,
): RouteTable<Address> {
  const parsers = parsersOf(contract);
  const table = new RouteTable<Address>();
  for (const plan of plans.values()) {
    const { method, path } = plan.operation.route;
    const parser = parsers.get(plan.operation.route);
    if (!parser) throw new Error(`ts-rest has not registered ${method} ${path}`);
    const address = table.entryOf(path, () => ({ endpoints: new Map(), allow: '' }));
    if (address.endpoints.has(method))
      throw new Error(`${method} ${path} is in the contract twice`);
    address.endpoints.set(method, endpointOf(plan, parser, reading));
    address.allow = allowOf([...address.endpoints.keys()]);
  }
  return table;
}

function allowOf(methods: readonly string[]): string {
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function endpointOf(plan: Plan, parser: Parser, reading: Reading): Endpoint {
  return { plan, parse: parserOf(plan.operation, parser, reading) };
}

function parserOf(operation: Operation, parser: Parser, reading: Reading): Endpoint['parse'] {
  const { route } = operation;
  if (!hasInput(route) && route.headers === undefined) return () => nothing;
  const readBody = readerOf(operation, reading);
  const checkText = textCheck(route);
  // ts-rest copies all of them even where the contract declares none.
  const headersOf = route.headers === undefined ? () => none : ({ req }: Exchange) => req.headers;
  return async (exchange, encoded) => {
    const read = readBody && (await readBody(exchange));
    const params = exchange.path.includes('%') ? decoded(encoded) : encoded;
    const { query } = exchange;
    const body = read?.value;
    checkText({ params, query, body }, suspectsOf(exchange, read));
    return parser({ params, query, headers: headersOf(exchange), body });
  };
}

function readerOf({ route, upload }: Operation, reading: Reading) {
  if (upload) return uploadReader(upload, reading);
  if (!hasBody(route)) return undefined;
  const read = bodyReader(route, reading.bodyLimitBytes);
  return ({ req }: Exchange) => read(req);
}

// Without one of these signs there is nothing to look for: JSON escapes control characters, a form
// may hold them as they are, and UTF-8 cannot spell a surrogate; what stands for bytes that are no
// UTF-8 was percent-encoded.
function suspectsOf({ path, search }: Exchange, read: ReadBody | undefined): Suspects {
  const text = read?.text ?? '';
  return {
    params: path.includes('%00'),
    query: search.includes('%'),
    body:
      read?.isSuspect === true || text.includes('\\u') || text.includes('%') || text.includes('\0'),
  };
}

const none = Object.freeze({});
const nothing: Input = Object.freeze({ params: none, query: none, body: undefined });

/** @throws a problem `malformed_request` for a broken percent-encoding. */
function decoded(params: Params): Params {
  try {
    const pairs = Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]);
    return Object.fromEntries(pairs) as Params;
  } catch {
    throw problem('malformed_request');
  }
}
