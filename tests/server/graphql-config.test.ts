import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../../server/config/config.ts';
import { mistakesOf } from '../kit/mistakes.ts';

const enough = { DATABASE_URL: 'postgres://db.example/charter', SECRET_KEYS: 'x'.repeat(32) };
const production = {
  ...enough,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.example.com',
  STORAGE_PATH: '/var/lib/charter',
};
const file = join(tmpdir(), `charter-documents-${randomUUID()}.json`);

afterAll(() => rm(file, { force: true }));

it('tells its schema, and has a page to try it on, in development alone', () => {
  expect(readConfig({}, enough).graphql).toMatchObject({ isOpen: true, hasGraphiql: true });
  const { graphql } = readConfig({}, production);
  expect(graphql).toMatchObject({ isOn: true, isOpen: false, hasGraphiql: false });
});

it('tells its schema in production to whoever wants that', () => {
  const { graphql } = readConfig({}, { ...production, GRAPHQL_INTROSPECTION: 'true' });
  expect(graphql).toMatchObject({ isOpen: true, hasGraphiql: false });
});

it('refuses the page in production', () => {
  const mistakes = mistakesOf({ ...production, GRAPHIQL: 'true' });
  expect(mistakes).toEqual([expect.stringMatching(/^GRAPHIQL: /)]);
});

it('reads documents by their hash', async () => {
  const text = 'query Me { me { username } }';
  const hash = createHash('sha256').update(text).digest('hex');
  await writeFile(file, JSON.stringify({ [hash]: text }));
  const { documents } = readConfig({}, { ...enough, GRAPHQL_DOCUMENTS: file }).graphql;
  expect(documents).toEqual(new Map([[hash, text]]));
});

it.each([
  [
    'another hash',
    JSON.stringify({ [`${'0'.repeat(64)}`]: '{ me { username } }' }),
    /not the SHA-256/,
  ],
  ['no hash', JSON.stringify({ Me: '{ me { username } }' }), /Me is not the SHA-256/],
  ['a list', '["{ me { username } }"]', /cannot be read \(write/],
  ['no JSON', 'query Me', /cannot be read \(write/],
])('refuses a file of documents with %s', async (_what, text, says) => {
  await writeFile(file, text);
  const mistakes = mistakesOf({ ...enough, GRAPHQL_DOCUMENTS: file });
  expect(mistakes).toEqual([expect.stringMatching(/^GRAPHQL_DOCUMENTS: /)]);
  expect(mistakes[0]).toMatch(says);
});

it('refuses a file of documents that is not there', () => {
  const missing = { ...enough, GRAPHQL_DOCUMENTS: `${file}.none` };
  expect(mistakesOf(missing)).toEqual(['GRAPHQL_DOCUMENTS: cannot be read (ENOENT)']);
});
