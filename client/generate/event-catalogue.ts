import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { anyEvent, literal, schemaName } from './names.ts';
import { jsdoc } from './prose.ts';
import { componentsIn } from './schemas.ts';

/** `event-catalogue.ts`: the types of what is told to others, and a list of their names. */
export function eventCatalogueFile(document: OpenApiDocument): string {
  const { webhooks = {}, components } = document;
  const types = [anyEvent, ...componentsIn(components.schemas[anyEvent])].map(schemaName);
  const lines = (texts: string[]) => texts.map((text) => `  ${text},\n`).join('');
  return [
    `export type {\n${lines(types.toSorted())}} from './schemas.ts';\n\n`,
    jsdoc('What can be told, by the `type` of the event.'),
    `export const eventTypes = [\n${lines(Object.keys(webhooks).map(literal))}] as const;\n`,
  ].join('');
}
