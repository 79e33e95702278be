import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, OpenApiOperation } from '../../contract/openapi.ts';

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

const validators = new Map<string, ValidateFunction>();

/** Throws unless the answer is one that the document declares for this operation. */
export async function assertDocumented(request: Request, response: Response): Promise<void> {
  const found = findOperation(request.method, new URL(request.url).pathname);
  if (!found) return;
  const { operation, path, method } = found;
  const what = `${operation.operationId} → ${response.status}`;
  const declared = operation.responses[response.status];
  if (!declared) throw new Error(`${what} is not in docs/openapi.json`);
  const text = await response.text();
  const type = response.headers.get('content-type')?.split(';')[0];
  const pointer =
    typeof declared.$ref === 'string'
      ? declared.$ref.slice(1)
      : `/paths/${segment(path)}/${method}/responses/${response.status}`;
  const content = resolve(pointer).content as Record<string, unknown> | undefined;
  if (!content) {
    if (text !== '') throw new Error(`${what} has a body, but none is documented`);
    return;
  }
  if (!type || !(type in content)) throw new Error(`${what} has an undocumented type ${type}`);
  const validate = validator(`document#${pointer}/content/${segment(type)}/schema`);
  if (!validate(JSON.parse(text))) {
    throw new Error(`${what} breaks its schema: ${ajv.errorsText(validate.errors)}`);
  }
}

function validator(ref: string): ValidateFunction {
  const known = validators.get(ref) ?? ajv.compile({ $ref: ref });
  validators.set(ref, known);
  return known;
}

/** Whether a value fits a schema that stands somewhere in the document. */
export function isValid(schema: object, value: unknown): boolean {
  const known = schemas.get(schema) ?? ajv.compile(absolute(schema));
  schemas.set(schema, known);
  return known(value);
}

const schemas = new Map<object, ValidateFunction>();

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/'));
}

function segment(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function resolve(pointer: string): Record<string, unknown> {
  const keys = pointer.split('/').slice(1);
  const names = keys.map((key) =>
    decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'),
  );
  return names.reduce<unknown>(
    (node, name) => (node as Record<string, unknown>)[name],
    document,
  ) as Record<string, unknown>;
}
