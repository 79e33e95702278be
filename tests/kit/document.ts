import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, OpenApiOperation } from '../../contract/document/openapi.ts';

export interface Found {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

/** A document, and what one asks of it. */
export interface ReadDocument {
  readonly document: OpenApiDocument;
  /** The documented operation behind a method and a path. */
  readonly findOperation: (method: string, pathname: string) => Found | undefined;
  /** What is wrong with a value, after a schema that stands somewhere in the document. */
  readonly faultOf: (schema: object, value: unknown) => string | undefined;
  /** Whether a value fits a schema that stands somewhere in the document. */
  readonly isValid: (schema: object, value: unknown) => boolean;
  /** What a reference refers to, or the thing itself. */
  readonly pointed: <Thing extends object>(thing: Thing) => Thing;
}

export function readDocument(document: OpenApiDocument): ReadDocument {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', ...document });
  const schemas = new Map<object, ValidateFunction>();
  const faultOf = (schema: object, value: unknown) => {
    const known = schemas.get(schema) ?? ajv.compile(absolute(schema));
    schemas.set(schema, known);
    return known(value) ? undefined : ajv.errorsText(known.errors);
  };
  return {
    document,
    findOperation: finder(document),
    faultOf,
    isValid: (schema, value) => faultOf(schema, value) === undefined,
    pointed: (thing) => pointedIn(document, thing),
  };
}

function finder({ paths }: OpenApiDocument): ReadDocument['findOperation'] {
  // As routers choose: `/sessions/end-all` before `/sessions/{sessionId}`.
  const routes = Object.entries(paths)
    .map(([path, methods]) => ({
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      path,
      methods,
    }))
    .sort((one, other) => one.path.split('{').length - other.path.split('{').length);
  return (method, pathname) => {
    const key = method.toLowerCase();
    const route = routes.find(({ pattern, methods }) => key in methods && pattern.test(pathname));
    const operation = route?.methods[key];
    return route && operation && { path: route.path, method: key, operation };
  };
}

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/'));
}

function pointedIn<Thing extends object>(document: OpenApiDocument, thing: Thing): Thing {
  if (!('$ref' in thing)) return thing;
  const keys = String(thing.$ref).split('/').slice(1);
  return keys.reduce<unknown>(
    (node, key) => (node as Record<string, unknown>)[key],
    document,
  ) as Thing;
}

/** The published document: what third parties read, and what every answer must obey. */
export const published = readDocument(
  JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')),
);

export const { document, findOperation, faultOf, isValid, pointed } = published;
