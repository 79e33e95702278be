import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { clientFile } from './client.ts';
import { eventCatalogueFile } from './event-catalogue.ts';
import { mswFiles } from './msw.ts';
import { kebab } from './names.ts';
import { type Operation, operationsOf } from './operations.ts';
import { referenceFiles } from './reference.ts';
import { resourceFile } from './resource.ts';
import { schemasFile } from './schemas.ts';
import { sessionCookieFile } from './session-cookie.ts';
import { tanstackFile, tanstackNounFile } from './tanstack.ts';

const header = '// Generated from the contract by `npm run generate`. Do not edit.\n\n';

export const documentPath = 'docs/openapi.json';
export const generatedFolder = 'client/generated';

/** Every generated file by its path from the root of the repository. Same document, same text. */
export function generate(document: OpenApiDocument): Map<string, string> {
  const operations = operationsOf(document);
  const byTag = Map.groupBy(operations, ({ tag }) => tag);
  const tags = [...byTag.keys()].map((name) => ({
    name,
    ...document.tags.find((each) => each.name === name),
  }));
  const files = new Map([[documentPath, `${JSON.stringify(document, null, 2)}\n`]]);
  const add = (name: string, text: string) => {
    const path = `${generatedFolder}/${name}.ts`;
    if (files.has(path)) throw new Error(`Two tags would write ${path}, or the name is taken`);
    files.set(path, header + text);
  };
  add('schemas', schemasFile(document, operations));
  add('client', clientFile(tags));
  if (document.webhooks) add('event-catalogue', eventCatalogueFile(document));
  add('session-cookie', sessionCookieFile(document));
  for (const [name, text] of mswFiles(document, byTag as Map<string, Operation[]>)) add(name, text);
  add('tanstack', tanstackFile([...byTag.keys()]));
  for (const [tag, group] of byTag) {
    add(kebab(tag), resourceFile(document, group as Operation[]));
    add(`tanstack/${kebab(tag)}`, tanstackNounFile(tag, group as Operation[]));
  }
  for (const [path, text] of referenceFiles(document, byTag as Map<string, Operation[]>)) {
    files.set(path, text);
  }
  return files;
}
