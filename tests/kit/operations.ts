import { randomUUIDv7 } from 'node:crypto';
import { contract } from '../../contract/index.ts';
import { hasInput, type Operation, operationsOf } from '../../contract/kit/operations.ts';
import { document, findOperation } from './document.ts';

export const operations = operationsOf(contract);

/** For `it.each`: an endpoint is tested from the moment it stands in the contract. */
export const named = operations.map((operation) => [operation.name, operation] as const);

export type Json = Record<string, unknown>;

/** What the document says about one value on the wire. */
export interface Field {
  readonly name: string;
  readonly schema: Json;
  readonly isRequired: boolean;
}

export interface Body {
  readonly type: string;
  readonly fields: readonly Field[];
  /** Whether fields that nobody knows are ignored, as a standard may ask for. */
  readonly isOpen: boolean;
  /** The contract's own example; the first of several. */
  readonly example: Json;
}

export interface Inputs {
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  readonly body: Body | undefined;
}

const known = new Map<Operation, Inputs>();

/** Everything an operation reads, from the published document. */
export function inputsOf(operation: Operation): Inputs {
  const inputs = known.get(operation) ?? readInputs(operation);
  known.set(operation, inputs);
  return inputs;
}

function readInputs(operation: Operation): Inputs {
  const { route } = operation;
  const documented = findOperation(route.method, route.path)?.operation;
  if (!documented) throw new Error(`docs/openapi.json does not know ${operation.name}`);
  const fieldsIn = (place: string) =>
    (documented.parameters ?? [])
      .filter((parameter) => parameter.in === place)
      .map(({ name, schema, required = false }) => ({ name, schema, isRequired: required }));
  const [type, media] = Object.entries(documented.requestBody?.content ?? {})[0] ?? [];
  return {
    path: fieldsIn('path'),
    query: fieldsIn('query'),
    body: type && media ? bodyOf(type, media as Json) : undefined,
  };
}

function bodyOf(type: string, { schema, example, examples }: Json): Body {
  const { properties = {}, required = [], additionalProperties } = resolved(schema as Json);
  const fields = Object.entries(properties as Record<string, Json>).map(([name, field]) => ({
    name,
    schema: resolved(field),
    isRequired: (required as string[]).includes(name),
  }));
  const isOpen = additionalProperties !== false;
  const [named] = Object.values((examples ?? {}) as Record<string, { value: Json }>);
  return { type, fields, isOpen, example: (example ?? named?.value) as Json };
}

function resolved(schema: Json): Json {
  const name = (schema.$ref as string | undefined)?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

export interface Input {
  /** As they stand in the address, encoding included; a fresh valid value where left out. */
  readonly params?: Record<string, string>;
  readonly query?: string;
  /** `undefined` leaves out what would be sent, as the content type. */
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** The request for an operation, with a body only if one is given. */
export function requestOf(operation: Operation, input: Input = {}): [string, RequestInit] {
  const { method } = operation.route;
  const { query, body, headers = {} } = input;
  const address = addressOf(operation, input.params) + (query === undefined ? '' : `?${query}`);
  const declared = inputsOf(operation).body?.type;
  const type = declared === multipartType ? `${declared}; boundary=${boundary}` : declared;
  const all = { ...(type && { 'Content-Type': type }), ...headers };
  const sent = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  // Where an answer leads is not followed: it is the answer.
  const init = { method, headers: sent, redirect: 'manual' } as const;
  return [address, { ...init, ...(body !== undefined && { body }) }];
}

function addressOf(operation: Operation, params: Record<string, string> = {}): string {
  const { path } = inputsOf(operation);
  return path.reduce(
    (address, { name, schema }) =>
      address.replace(`:${name}`, () => params[name] ?? encodeURIComponent(freshValue(schema))),
    operation.route.path,
  );
}

/** Valid, and nobody's: an id that does not exist, else the first that the schema names. */
function freshValue({ format, enum: options, examples }: Json): string {
  if (format === 'uuid') return randomUUIDv7();
  return String(((options ?? examples) as unknown[])[0]);
}

/** A body that is refused wherever it arrives, as no operation knows the field. */
export function refusedBody(operation: Operation): Input {
  const { body } = inputsOf(operation);
  if (!body) return {};
  return { body: encoded(body, { 'no-such-field': 'x' }) };
}

/** Between the parts of a body with a file. */
export const boundary = 'between-parts';

export function encoded({ type, fields: known }: Body, fields: Json): string {
  if (type === multipartType) return parts(known, fields);
  const isForm = type === 'application/x-www-form-urlencoded';
  return isForm
    ? String(new URLSearchParams(fields as Record<string, string>))
    : JSON.stringify(fields);
}

export const multipartType = 'multipart/form-data';

/** Fields, and a picture for every file: what a browser would send. */
function parts(known: readonly Field[], fields: Json): string {
  const isFile = (name: string) =>
    known.find((one) => one.name === name)?.schema.format === 'binary';
  const names = Object.keys(fields).toSorted((a, b) => Number(isFile(a)) - Number(isFile(b)));
  const written = names.map((name) =>
    isFile(name) && fields[name] !== null
      ? part(`name="${name}"; filename="${name}.gif"`, tinyPicture)
      : part(`name="${name}"`, String(fields[name])),
  );
  return `${written.join('')}--${boundary}--\r\n`;
}

export function part(disposition: string, content: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

/** The smallest GIF, in ASCII, so that it is the same as a text. */
export const tinyPicture = 'GIF89a\x01\0\x01\0\0\0\0;';

/** Without input, it can change nothing but what the caller owns, such as the session. */
export function isAboutCaller({ route }: Operation): boolean {
  return route.method !== 'GET' && !hasInput(route);
}
