import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../../client/generate/files-below.ts';
import { generate, generatedFolder } from '../../client/generate/generate.ts';
import { referenceFolder } from '../../client/generate/reference.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import { compile, copyRuntime, emptyFolder, root, strictest, write } from './compile.ts';
import { oddDocument, operation } from './odd.ts';

describe('the committed client', () => {
  it('is what the contract says (else: npm run generate)', async () => {
    const files = generate(await openApiDocument(contract, tags, Event));
    const stale: string[] = [];
    for (const [path, text] of files) {
      const committed = await readFile(join(root, path), 'utf8').catch(() => undefined);
      if (committed !== text) stale.push(path);
    }
    const folders = [generatedFolder, referenceFolder];
    const found = await Promise.all(folders.map((folder) => filesBelow(root, folder)));
    const left = found.flat().filter((path) => !files.has(path));
    expect([...stale, ...left], 'stale, run `npm run generate`').toEqual([]);
  });

  it('comes out the same each time', async () => {
    const [first, second] = [
      generate(await openApiDocument(contract, tags, Event)),
      generate(await openApiDocument(contract, tags, Event)),
    ];
    expect([...first]).toEqual([...second]);
  });

  it('carries the prose of the contract', async () => {
    const text = await readFile(join(root, generatedFolder, 'users.ts'), 'utf8');
    const document = await openApiDocument(contract, tags, Event);
    const operation = document.paths['/api/v1/users/{userId}']?.get;
    expect(text).toContain(` * ${operation?.summary}.\n`);
    expect(text).toContain(` * ${operation?.description.slice(0, 40)}`);
    expect(text).toContain('Needs the permission `users:read`.');
    expect(text).toContain('/** Only accounts with this role. */');
  });
});

// The compiler takes a second on a quiet machine, and many times that beside a busy neighbour.
describe('a client of a contract with odd names, shapes and texts', { timeout: 60_000 }, () => {
  it('compiles as strictly as we compile ourselves', async () => {
    const folder = await emptyFolder();
    const files = generate(oddDocument());
    await write(folder, [...files, ['package.json', '{ "type": "module" }']]);
    await copyRuntime(folder);
    const sources = [...files.keys()].filter((path) => path.endsWith('.ts'));
    expect(await compile(folder, sources, strictest)).toBe('');
  });

  it('names what has no good name, and quotes what is none', () => {
    const files = generate(oddDocument());
    expect([...files.keys()]).toEqual([
      'docs/openapi.json',
      'client/generated/schemas.ts',
      'client/generated/client.ts',
      'client/generated/session-cookie.ts',
      'client/generated/msw/well-known-things.ts',
      'client/generated/msw/2fa.ts',
      'client/generated/msw/examples.ts',
      'client/generated/msw/sayings.ts',
      'client/generated/msw.ts',
      'client/generated/tanstack.ts',
      'client/generated/well-known-things.ts',
      'client/generated/tanstack/well-known-things.ts',
      'client/generated/2fa.ts',
      'client/generated/tanstack/2fa.ts',
      'docs/client/well-known-things.md',
      'docs/client/2fa.md',
      'docs/client/README.md',
    ]);
    const things = files.get('client/generated/well-known-things.ts');
    expect(things).toContain('export function wellKnownThingsDelete(');
    expect(things).toContain('export function wellKnownThingsImportAllV2(');
    expect(things).toContain(
      "  'thing-id': string;\n  class: number;\n  'filter[name]'?: unknown[] | undefined;\n",
    );
    expect(things).toContain("| Refused<410, 'gone_away'>");
    expect(things).toContain("| Refused<503, 'gone_away' | 'not_found'>");
    const schemas = files.get('client/generated/schemas.ts');
    expect(schemas).toContain('export type ConnectionShape =');
    expect(schemas).toContain('export interface OauthClientV2 {');
    expect(schemas).not.toContain('Unused');
  });
});

describe('a contract that no client can be written for', () => {
  const get = (...operations: ReturnType<typeof operation>[]) =>
    oddDocument(Object.fromEntries(operations.map((each, at) => [`/${at}`, { get: each }])));
  const parameter = (name: string, place: string) => ({ name, in: place, schema: {} });

  it.each([
    ['two operations of one name', get(operation('a.b'), operation('a-b')), /called wellKnown.*AB/],
    [
      'two inputs of one name',
      get(operation('a', { parameters: [parameter('x', 'path'), parameter('x', 'query')] })),
      "a: 'x' names two inputs",
    ],
    [
      'a parameter that hides the body',
      get(operation('a', { parameters: [parameter('body', 'query')] })),
      "a: 'body' is the name",
    ],
    [
      'a place that the client cannot fill',
      get(operation('a', { parameters: [parameter('x', 'cookie')] })),
      "a: cannot send 'x' in cookie",
    ],
    [
      'an object in the address',
      get(
        operation('a', {
          parameters: [{ ...parameter('x', 'query'), schema: { type: 'object' } }],
        }),
      ),
      "a: cannot write 'x' into a query",
    ],
    [
      'an answer that is not JSON',
      get(operation('a', { responses: { 200: { content: { 'text/csv': {} } } } })),
      'not text/csv',
    ],
    ['a tag that takes our own file', get(operation('a', { tags: ['Schemas'] })), /schemas\.ts/],
    [
      'a list whose iterator would have the name of another operation',
      get(
        operation('wellKnownThingsTasks', { 'x-page': true }),
        operation('wellKnownThingsTasksAll'),
      ),
      'Two operations would be called wellKnownThingsTasksAll',
    ],
    [
      'a schema that is not there',
      get(
        operation('a', {
          parameters: [
            { ...parameter('x', 'query'), schema: { $ref: '#/components/schemas/Away' } },
          ],
        }),
      ),
      'The schema Away is not in the document',
    ],
  ])('is refused for %s', (_, document, message) => {
    expect(() => generate(document)).toThrow(message);
  });
});
