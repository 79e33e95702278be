import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examplesPage } from '../../contract/document/graphql/examples-page.ts';
import type { ProblemCode } from '../../contract/kit/problems.ts';
import { useApp } from '../kit/app.ts';
import { graphqlOf, problemIn } from '../kit/graphql.ts';
import { rootFields, schema } from '../kit/graphql-fields.ts';
import { quickSession } from '../kit/quick-session.ts';

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

/** What an example, of things that are not there, may meet: its form is right. */
const wrong = new Set(['invalid_document', 'malformed_request', 'document_too_costly']);

describe('the example of', () => {
  it.each(examples)('$name is understood', async ({ name, query, variables }) => {
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const answer = await graphqlOf(app, headers)(query, JSON.parse(variables));
    const problem = problemIn(answer) as { code: ProblemCode } | undefined;
    const operation = rootFields.find(({ field }) => field.name === name)?.operation;
    expect(answer.status).toBe(200);
    if (!problem) return expect(answer.data?.[name]).toBeDefined();
    expect(wrong.has(problem.code)).toBe(false);
    expect(operation?.problems.has(problem.code)).toBe(true);
    return expect(problem.code).not.toBe('internal_error');
  });
});
