import type { Json } from '../../../contract/kit/json.ts';

/**
 * Two documents, and what must be found between them: `rule` at a place, nothing else. Written for
 * these tests; none is somebody else's.
 */
export type Pair = readonly [says: string, before: Json, after: Json, ...found: readonly string[]];

/** A document with one operation, `POST /things`. */
export function operation(parts: Json, rest: Json = {}): Json {
  const responses = { 200: { description: 'Done.' } };
  const post = { operationId: 'thingsMake', responses, ...parts };
  return document({ '/things': { post } }, rest);
}

export function document(paths: Json, rest: Json = {}): Json {
  return { openapi: '3.1.1', info: { title: 'Things', version: '1.0.0' }, paths, ...rest };
}

export const json = (schema: Json) => ({ 'application/json': { schema } });

/** It takes a body of this schema. */
export function takes(schema: Json, rest: Json = {}): Json {
  return operation({ requestBody: { required: true, content: json(schema) } }, rest);
}

export function answers(schema: Json, rest: Json = {}): Json {
  return operation({ responses: { 200: { description: 'Done.', content: json(schema) } } }, rest);
}

export function refuses(schema: Json): Json {
  const refusal = { description: 'No.', content: json(schema) };
  return operation({ responses: { 200: { description: 'Done.' }, 409: refusal } });
}

export function asks(...parameters: Json[]): Json {
  return operation({ parameters });
}

export const query = (name: string, schema: Json, more: Json = {}): Json => {
  return { name, in: 'query', schema, ...more };
};

/** An object with these fields; those that end in `!` are required. */
export function fields(properties: Record<string, Json>, more: Json = {}): Json {
  const entries = Object.entries(properties).map(([name, schema]) => [
    name.replace('!', ''),
    schema,
  ]);
  const required = Object.keys(properties).filter((name) => name.endsWith('!'));
  return {
    type: 'object',
    properties: Object.fromEntries(entries) as Json,
    ...(required.length > 0 && { required: required.map((name) => name.slice(0, -1)) }),
    ...more,
  };
}

export const text: Json = { type: 'string' };
export const whole: Json = { type: 'integer' };
export const one = (...values: unknown[]): Json => ({ type: 'string', enum: values });
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const shared = (schemas: Json): Json => ({ components: { schemas } });
export const old = (document: Json): Json => ({ ...document, openapi: '3.0.3' });
