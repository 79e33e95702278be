import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examplesPage } from '../../contract/document/graphql/examples-page.ts';
import { useApp } from '../kit/app.ts';
import { graphqlOf, problemIn } from '../kit/graphql.ts';
import { rootFields, schema } from '../kit/graphql-fields.ts';
import { stageFor } from './example-things.ts';

const app = useApp();
const page = await readFile(join(import.meta.dirname, '../../docs/graphql-examples.md'), 'utf8');
const examples = [
  ...page.matchAll(/^### (\w+)\n\n.*\n\n```graphql\n([^`]+)```\n(?:```json\n([^`]+)```)?/gm),
].map(([, name = '', query = '', variables = '{}']) => ({ name, query, variables }));

it('are what the contract says; `npm run generate` writes them', () => {
  expect(examplesPage(schema)).toBe(page);
});

it('are one for each field, and of nothing else', () => {
  const fields = rootFields.map(({ field }) => field.name);
  expect(examples.map(({ name }) => name).sort()).toEqual(fields.sort());
});

describe('the example of', () => {
  it.each(examples)('$name does what it says', async ({ name, query, variables: shown }) => {
    const { headers, variables, unmade } = await stageFor(app, name, JSON.parse(shown));
    const answer = await graphqlOf(app, headers)(query, variables);
    const problem = problemIn(answer);
    // Of a noun for which nobody makes things: its form is right all the same.
    if (unmade.length > 0) return expect(['not_found', undefined]).toContain(problem?.['code']);
    expect([answer.status, problem]).toEqual([200, undefined]);
    return expect(answer.data?.[name]).toEqual(expect.anything());
  });
});
