import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { aliasOf, name } from './layout.ts';
import { literal, schemaName } from './names.ts';
import { jsdoc } from './prose.ts';
import { componentsIn } from './schemas.ts';
import { union } from './types.ts';

/** `event-catalogue.ts`: the types of what is told to others, and a list of their names. */
export function eventCatalogueFile({ webhooks = {} }: OpenApiDocument): string {
  const types = componentsIn(webhooks).map(schemaName);
  const sorted = lines(types.toSorted());
  return [
    `import type {\n${sorted}} from './schemas.ts';\n\n`,
    `export type {\n${sorted}};\n\n`,
    jsdoc('Something that happened: `type` tells what.'),
    `${aliasOf('Event', union(types.map(name)))}\n`,
    jsdoc('What can be told, by the `type` of the event.'),
    `export const eventTypes = [\n${lines(Object.keys(webhooks).map(literal))}] as const;\n`,
  ].join('');
}

function lines(texts: string[]): string {
  return texts.map((text) => `  ${text},\n`).join('');
}
