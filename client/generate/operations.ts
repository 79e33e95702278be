import type { OpenApiDocument, OpenApiOperation } from '../../contract/document/openapi.ts';
import { type Echo, echoIn } from './echo.ts';
import { camel } from './names.ts';
import { componentOf, type JsonSchema, schemaBehind } from './types.ts';

type Json = Record<string, unknown>;

export interface Parameter {
  /** The key of the input. */
  name: string;
  /** What a header is called on its way. */
  header?: string;
  place: 'path' | 'query' | 'header' | 'body';
  schema: JsonSchema;
  isRequired: boolean;
  description?: string;
}

/** A declared answer that is not a problem. */
export interface Reply {
  status: number;
  /** Nothing for an answer without a body. */
  schema?: JsonSchema;
  /** The media type of bytes that stream. */
  streams?: string[];
  /** Its state has a name, in `ETag`. */
  isTagged?: true;
}

export interface Refusal {
  status: number;
  codes: string[];
}

/** An operation of the document with everything that its functions and types are written from. */
export interface Operation {
  /** `usersGet` */
  name: string;
  /** `get`, in `client.users.get`. */
  verb: string;
  /** `users` */
  tag: string;
  method: string;
  path: string;
  source: OpenApiOperation;
  parameters: Parameter[];
  /** The runtime sends an `Idempotency-Key`; callers need not. */
  takesKey: boolean;
  /** Its body carries a file. */
  uploads: boolean;
  /** Its body is that of a form. */
  isForm: boolean;
  replies: Reply[];
  refusals: Refusal[];
  /** What the answer repeats of the body. */
  echo: Echo | undefined;
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, source]) => operationOf(document, path, method, source)),
  );
  refuseDuplicates(operations);
  return operations;
}

function operationOf(
  document: OpenApiDocument,
  path: string,
  method: string,
  source: OpenApiOperation,
): Operation {
  const [tag] = source.tags;
  const verb = verbOf(source.operationId, tag);
  const name = camel(tag, verb);
  const form = formIn(source.requestBody ?? { content: {} });
  try {
    const parameters = parametersOf(document, source);
    const answers = answersOf(document, source);
    return {
      ...{ name, verb, tag, method: method.toUpperCase(), path, source, parameters },
      takesKey: source['x-idempotency'] !== undefined,
      uploads: form === multipart,
      isForm: form === formType,
      ...answers,
      echo: echoIn(document, bodyIn(parameters), answers.replies),
    };
  } catch (error) {
    throw new Error(`${source.operationId}: ${(error as Error).message}`);
  }
}

function bodyIn(parameters: Parameter[]): JsonSchema | undefined {
  return parameters.find(({ place }) => place === 'body')?.schema;
}

/** `get` of `usersGet`; an id that does not begin with its tag is kept whole. */
function verbOf(operationId: string, tag: string): string {
  const whole = camel(operationId);
  const noun = camel(tag);
  const rest = whole.slice(noun.length);
  return whole.startsWith(noun) && /^[A-Z0-9]/.test(rest) ? camel(rest) : whole;
}

/** Parameters of the path, the query and the head, and the body, become flat keys of one input. */
function parametersOf(document: OpenApiDocument, source: OpenApiOperation): Parameter[] {
  const { parameters = [], requestBody } = source;
  const given = parameters.filter((each) => !isKey(each));
  const flat = given.map(({ name, in: place, required, schema, description }) => {
    if (!['path', 'query', 'header'].includes(place))
      throw new Error(`cannot send '${name}' in ${place}`);
    const { type, properties } = schemaBehind(document, schema);
    if (type === 'object' || properties) throw new Error(`cannot write '${name}' into a ${place}`);
    const isRequired = place === 'path' || required === true;
    const known = { place, schema, description, isRequired };
    return place === 'header' ? { name: camel(name), header: name, ...known } : { name, ...known };
  });
  const body = requestBody && {
    name: 'body',
    place: 'body' as const,
    schema: jsonOf(requestBody.content as Json, formIn(requestBody) ?? 'application/json'),
    isRequired: (requestBody as { required?: boolean }).required === true,
  };
  const all = body ? [...flat, body] : flat;
  const names = all.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`'${twice}' names two inputs`);
  if (!body && names.includes('body')) throw new Error("'body' is the name of the JSON body");
  return all;
}

/** An option of every call that takes one, and no input: whoever says nothing gets one. */
function isKey({ name, in: place }: { name: string; in: string }): boolean {
  return place === 'header' && name === 'Idempotency-Key';
}

function answersOf(document: OpenApiDocument, source: OpenApiOperation) {
  const replies: Reply[] = [];
  const refusals: Refusal[] = [];
  for (const [key, reference] of Object.entries(source.responses)) {
    if (key === 'default') continue;
    const status = Number(key);
    const response = resolved(document, reference);
    const { 'application/problem+json': problem, ...content } = (response.content ?? {}) as Json;
    if (problem) refusals.push({ status, codes: codesOf((problem as Media).schema, document) });
    if (!problem || Object.keys(content).length > 0) {
      const isTagged = 'ETag' in ((response.headers ?? {}) as Json);
      const read = source['x-streams'] ? bytesOf(content) : readOf(content);
      replies.push({ status, ...read, ...(isTagged && { isTagged }) });
    }
  }
  return { replies, refusals };
}

/** Whether who has the thing already is told so: it may be asked for unless it still is the same. */
export function isConditionalRead({ replies, parameters }: Operation): boolean {
  const isAsked = parameters.some(({ name }) => name === condition);
  return isAsked && replies.some(({ status }) => status === notModified);
}

/** The input that says which state the caller has. */
export const condition = 'ifNoneMatch';

export const notModified = 304;

interface Media {
  schema: JsonSchema;
}

function resolved(document: OpenApiDocument, response: Json): Json {
  if (typeof response.$ref !== 'string') return response;
  const known = document.components.responses[componentOf(response.$ref)];
  if (!known) throw new Error(`${response.$ref} is not in the document`);
  return known;
}

/** The type of a form body (RFC 7009 and its kin, or one with a file), if it is one. */
function formIn({ content }: { content: Json }): string | undefined {
  return [formType, multipart].find((type) => type in content);
}

const formType = 'application/x-www-form-urlencoded';

/** That of a body with a file. */
const multipart = 'multipart/form-data';

function jsonOf(content: Json, type: string): JsonSchema {
  const media = content[type] as Media | undefined;
  if (!media)
    throw new Error(`the client reads and writes JSON only, not ${Object.keys(content).join()}`);
  return media.schema;
}

function readOf(content: Json): Omit<Reply, 'status'> {
  const isEmpty = Object.keys(content).length === 0;
  return isEmpty ? {} : { schema: jsonOf(content, 'application/json') };
}

function bytesOf(content: Json): Omit<Reply, 'status'> {
  return { streams: Object.keys(content) };
}

/** The closed list of codes: the innermost `code` wins, without one any code is possible. */
function codesOf(schema: JsonSchema, document: OpenApiDocument): string[] {
  const parts = [...(schema.allOf ?? []), schema];
  const codes = parts.flatMap(
    ({ properties }) => properties?.code?.enum ?? properties?.code?.const ?? [],
  );
  if (codes.length > 0) return codes as string[];
  const problem = document.components.schemas.Problem as JsonSchema;
  return problem.properties?.code?.enum as string[];
}

function refuseDuplicates(operations: Operation[]): void {
  const names = operations.flatMap(({ name, source }) =>
    source['x-page'] ? [name, `${name}All`] : [name],
  );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`Two operations would be called ${twice}`);
}
