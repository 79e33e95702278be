import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printedSchema } from '../../contract/document/graphql/print.ts';
import { graphqlSchema } from '../../contract/document/graphql/schema.ts';
import { contract } from '../../contract/index.ts';

const published = join(import.meta.dirname, '../../docs/schema.graphql');

it('docs/schema.graphql is what the contract says; `npm run generate` writes it', async () => {
  expect(printedSchema(graphqlSchema(contract))).toBe(await readFile(published, 'utf8'));
});
