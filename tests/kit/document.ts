import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, OpenApiOperation } from '../../contract/document/openapi.ts';

/** The published document: what third parties read, and what every answer must obey. */
export const document = JSON.parse(
  readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
) as OpenApiDocument;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'document', ...document });

/** As routers choose: `/sessions/end-all` before `/sessions/{sessionId}`. */
const routes = Object.entries(document.paths)
  .map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    path,
    methods,
  }))
  .sort((one, other) => one.path.split('{').length - other.path.split('{').length);

/** The documented operation behind a method and a path. */
export function findOperation(
  method: string,
  pathname: string,
): { path: string; method: string; operation: OpenApiOperation } | undefined {
  const key = method.toLowerCase();
  const route = routes.find(({ pattern, methods }) => key in methods && pattern.test(pathname));
  const operation = route?.methods[key];
  return route && operation && { path: route.path, method: key, operation };
}

/** Whether a value fits a schema that stands somewhere in the document. */
export function isValid(schema: object, value: unknown): boolean {
  return faultOf(schema, value) === undefined;
}

/** What is wrong with a value, after a schema that stands somewhere in the document. */
export function faultOf(schema: object, value: unknown): string | undefined {
  const known = schemas.get(schema) ?? ajv.compile(absolute(schema));
  schemas.set(schema, known);
  return known(value) ? undefined : ajv.errorsText(known.errors);
}

const schemas = new Map<object, ValidateFunction>();

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/'));
}

/** What a reference refers to, or the thing itself. */
export function pointed<Thing extends object>(thing: Thing): Thing {
  if (!('$ref' in thing)) return thing;
  const keys = String(thing.$ref).split('/').slice(1);
  return keys.reduce<unknown>(
    (node, key) => (node as Record<string, unknown>)[key],
    document,
  ) as Thing;
}
