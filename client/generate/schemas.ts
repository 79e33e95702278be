import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { aliasOf, interfaceOf } from './layout.ts';
import { schemaName } from './names.ts';
import type { Operation } from './operations.ts';
import { jsdoc } from './prose.ts';
import { componentOf, fieldsOf, type JsonSchema, typeOf } from './types.ts';

/** `schemas.ts`: a named type per component that an operation or an event uses. Imports types at most. */
export function schemasFile(document: OpenApiDocument, operations: Operation[]): string {
  const { schemas } = document.components;
  const used = new Set<string>();
  const visit = (value: unknown) => {
    for (const id of componentsIn(value)) {
      if (used.has(id)) continue;
      used.add(id);
      if (!schemas[id]) throw new Error(`The schema ${id} is not in the document`);
      visit(schemas[id]);
    }
  };
  // The runtime speaks of problems whether or not an operation declares one.
  visit([{ $ref: '#/components/schemas/Problem' }, operations.map(schemasOf)]);
  visit(document.webhooks ?? {});
  refuseDuplicates([...used]);
  const written = Object.entries(schemas)
    .filter(([id]) => used.has(id))
    .map(([id, schema]) => component(schemaName(id), schema as JsonSchema))
    .join('\n');
  const formats = formatsIn(Object.entries(schemas).filter(([id]) => used.has(id)));
  const imports = textImports.filter(([format]) => formats.has(format)).map(([, line]) => line);
  return imports.length > 0 ? `${imports.join('')}\n${written}` : written;
}

const textImports = [
  ['date-time', "import type { Instant } from '../runtime/instant.ts';\n"],
  ['binary', "import type { FileSource } from '../runtime/platform.ts';\n"],
] as const;

/** The formats of text that a piece of the document has, itself. */
export function formatsIn(value: unknown): Set<string> {
  const formats = JSON.stringify(value).matchAll(/"format":"([^"]+)"/g);
  return new Set([...formats].map(([, format]) => format as string));
}

function component(name: string, schema: JsonSchema): string {
  const deprecated = schema.deprecated ? '@deprecated' : undefined;
  const comment = jsdoc(schema.description, deprecated);
  const type = typeOf(schema);
  return (
    comment + (type.kind === 'object' ? interfaceOf(name, fieldsOf(schema)) : aliasOf(name, type))
  );
}

/** What the types of an operation are written from. */
export function schemasOf({ parameters, replies }: Operation): unknown {
  return [parameters.map(({ schema }) => schema), replies.map(({ schema }) => schema)];
}

/** The components that a piece of the document refers to, each once. */
export function componentsIn(value: unknown): string[] {
  const references = JSON.stringify(value).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
  return [...new Set([...references].map(([, id]) => componentOf(id as string)))];
}

function refuseDuplicates(ids: string[]): void {
  const names = ids.map(schemaName);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`Two schemas would be called ${twice}`);
}
