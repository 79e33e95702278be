import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
const run = promisify(execFile);
const page = await readFile(join(import.meta.dirname, '../../docs/graphql.md'), 'utf8');
const documents = [...page.matchAll(/^```graphql\n([^`]+)```\n(?:\n```json\n([^`]+)```)?/gm)].map(
  ([, query = '', variables = '{}']) => [query, variables] as const,
);

it('docs/graphql.md shows documents that are answered', async () => {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  const ask = graphqlOf(app, headers);
  const answers = documents.map(([query, variables]) => ask(query, JSON.parse(variables)));
  const [read, made] = await Promise.all(answers);
  expect([read?.errors, made?.errors]).toEqual([undefined, undefined]);
  expect(read?.data).toMatchObject({ me: { roles: [{ name: 'admin' }] } });
  expect(made?.data).toMatchObject({ createUser: { __typename: 'User', username: 'grace' } });
});

it('and a call without a client that is answered', async () => {
  const [, sample = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const { headers } = await quickSession(app);
  const { data } = await graphqlOf(app, headers)('{ me { username } }');
  const token = headers['Authorization']?.replace('Bearer ', '') ?? '';
  const text = sample.replace("'…'", `'${token}'`).replace('http://localhost:3000', app.url);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', text]);
  expect(data).toEqual({ me: { username: stdout.trim() } });
});
