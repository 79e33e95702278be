import { createHash, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { quickSession } from '../kit/quick-session.ts';

const known = 'query Me { me { __typename } }';
const hash = createHash('sha256').update(known).digest('hex');
const file = join(tmpdir(), `charter-documents-${randomUUID()}.json`);
writeFileSync(file, JSON.stringify({ [hash]: known }));
afterAll(() => rmSync(file));

const app = useApp({ GRAPHQL_DOCUMENTS: file });

async function ask(body: object) {
  const { headers } = await quickSession(app);
  const response = await app.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { code?: string } };
}

it.each([
  ['by its id', { documentId: `sha256:${hash}` }],
  ['as Apollo asks for it', { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }],
  ['by its text', { query: known }],
])('performs a document of the list %s', async (_how, body) => {
  expect(await ask(body)).toEqual({ status: 200, body: { data: { me: { __typename: 'Me' } } } });
});

it('performs it by GET, too', async () => {
  const { headers } = await quickSession(app);
  const answer = await app.request(`/graphql?documentId=sha256:${hash}`, { headers });
  expect(await answer.json()).toEqual({ data: { me: { __typename: 'Me' } } });
});

it.each([
  ['another text', { query: '{ me { __typename } }' }],
  ['the same with a space more', { query: `${known} ` }],
  ['another text under a known id', { query: '{ __typename }', documentId: `sha256:${hash}` }],
  ['an unknown id', { documentId: `sha256:${'0'.repeat(64)}` }],
  ['a name of every object', { documentId: 'constructor' }],
  ['the schema', { query: '{ __schema { types { name } } }' }],
])('refuses %s', async (_what, body) => {
  const { status, body: refused } = await ask(body);
  expect([status, refused.code]).toEqual([400, 'unknown_document']);
});
