import type { CallOptions, Connection } from './connection.ts';
import type { Operation } from './operation.ts';
import type { Signal } from './platform.ts';

export interface Request {
  readonly url: string;
  /** What the operation wants in the head of the request. */
  readonly headers: Record<string, string>;
  readonly type?: string;
  readonly body?: string;
}

/** All that an address can say; the generator lets nothing else into a path or a query. */
type Scalar = string | number | boolean | undefined;
export type Parameters = Record<string, Scalar | Scalar[]>;

/** Puts each input where the operation wants it: into path, head or body, else into the query. */
export function requestOf(
  connection: Connection,
  operation: Operation,
  input: object,
  options: CallOptions,
): Request {
  const { body, ...parameters } = input as Parameters & { body?: unknown };
  const path = operation.path.replace(/{(.+?)}/g, (_, name: string) => {
    const value = segment(name, parameters[name]);
    delete parameters[name];
    return value;
  });
  const given: Record<string, unknown> = { ...connection.headers, ...options.headers };
  for (const [key, name] of Object.entries(operation.headers ?? {})) {
    given[name] = parameters[key];
    delete parameters[key];
  }
  const query = fieldsOf(parameters);
  return {
    headers: headersOf(given),
    url: connection.baseUrl.replace(/\/$/, '') + path + (query && `?${query}`),
    ...(body !== undefined && { type: 'application/json', body: JSON.stringify(body) }),
  };
}

/** In small letters, or `fetch` would send twice what somebody writes in two ways. */
export function headersOf(given: object): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

/** URLs resolve dots, even encoded ones (WHATWG URL, 4.1): `..` would call another operation. */
function segment(name: string, value: Parameters[string]): string {
  const text = String(value ?? '');
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} cannot be '${text}'`);
  return encodeURIComponent(text);
}

/** Lists repeat their name; what is undefined is left out. */
export function fieldsOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of [value].flat()) {
      // It makes texts of numbers by itself.
      if (item !== undefined) query.append(name, item as string);
    }
  }
  return String(query);
}

export function signalOf(connection: Connection, options: CallOptions): Signal | undefined {
  const timeoutMs = options.timeoutMs ?? connection.timeoutMs;
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const signals = [connection.signal, options.signal, timeout].filter((each) => each !== undefined);
  return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
}
