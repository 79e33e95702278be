import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { examplesPage } from '../../contract/document/graphql/examples-page.ts';
import { printedSchema } from '../../contract/document/graphql/print.ts';
import { graphqlSchema } from '../../contract/document/graphql/schema.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import { filesBelow } from './files-below.ts';
import { generate, generatedFolder } from './generate.ts';
import { referenceFolder } from './reference.ts';

const root = join(import.meta.dirname, '../..');
const files = generate(await openApiDocument(contract, tags, Event));

const schema = graphqlSchema(contract);
files.set('docs/schema.graphql', printedSchema(schema));
files.set('docs/graphql-examples.md', examplesPage(schema));

for (const [path, text] of files) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
for (const folder of [generatedFolder, referenceFolder]) {
  for (const path of await filesBelow(root, folder)) {
    if (!files.has(path)) await rm(join(root, path));
  }
}
