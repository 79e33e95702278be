import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { type LogLine, useApp } from '../../kit/app.ts';
import { anAdministrator, newPerson } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { raw } from '../../kit/raw.ts';
import { readSources } from '../../kit/sources.ts';

interface Kind {
  readonly level: string;
  /** Undefined where the source does not show them at the call. */
  readonly fields: string[] | undefined;
}

/** `{ err: error, jobId: id }` has `err` and `jobId`; what is spread depends. */
function fieldsIn(literal: string | undefined): string[] | undefined {
  if (literal === undefined) return [];
  if (!literal.startsWith('{')) return undefined;
  const parts = literal.slice(1, -1).split(',');
  const names = parts.map((part) => /^\s*(\w+)/.exec(part)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

const call =
  /(?:[lL]og|access)\s*\.(?<level>info|warn|error)\(\s*(?:(?<given>\{[^}]*\}|\w+),\s*)?(?:'(?<plain>[^']+)'|`(?<filled>[^`]+)`)/g;

/** Every kind of line that the service writes, as its source says it. */
function kindsInSource(): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const { path, text } of readSources()) {
    if (!path.startsWith('server/')) continue;
    for (const { groups = {} } of text.matchAll(call)) {
      const { level = '', given, plain, filled } = groups;
      const words = plain ?? filled?.replaceAll(/\$\{[^}]*\}/g, '…') ?? '';
      kinds.set(words, { level, fields: fieldsIn(given) });
    }
  }
  return kinds;
}

const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');

function kindsInDocs(): Map<string, Kind> {
  const section = page.split(/^### /m).find((part) => part.startsWith('Every line')) ?? '';
  const rows = section.matchAll(/^\| `([^`]+)` \| (info|warn|error) \| ([^|]*) \|/gm);
  return new Map(
    Array.from(rows, ([, words = '', level = '', names = '']) => {
      const fields = Array.from(names.matchAll(/`(\w+)`/g), ([, name = '']) => name).sort();
      return [words, { level, fields }];
    }),
  );
}

it('docs/operations.md lists every kind of line, with its level and fields', () => {
  const [written, told] = [kindsInSource(), kindsInDocs()];
  expect([...told.keys()].sort()).toEqual([...written.keys()].sort());
  for (const [words, { level, fields }] of written) {
    const documented = told.get(words);
    expect(documented, words).toEqual({ level, fields: fields ?? documented?.fields });
  }
});

// On a busy machine a request may be slow, and says so.
const app = useApp({ SLOW_REQUEST_MS: '600000' });

beforeAll(async () => {
  const { client } = await anAdministrator(app);
  const wrong = { identifier: 'nobody', password: 'wrong', delivery: 'tokens' as const };
  await app.client().auth.login({ body: wrong });
  await unwrap(client.users.create({ body: newPerson() }));
  await raw(app.url, 'no HTTP at all\r\n\r\n');
  await app.db.raw('alter table api_keys rename to nowhere');
  await client.apiKeys.list();
});

/** What is documented as an example of such a line. */
function exampleOf(isIt: (line: LogLine) => boolean): LogLine {
  const lines = page.split('\n').filter((line) => line.startsWith('{"level"'));
  const found = lines.map((line) => JSON.parse(line) as LogLine).find(isIt);
  if (!found) throw new Error('There is no such example');
  return found;
}

it.each<[string, (line: LogLine) => boolean]>([
  [
    'a request of a stranger',
    ({ operation, status }) => operation === 'auth.login' && status === 401,
  ],
  [
    'a request of somebody',
    ({ operation, status }) => operation === 'users.create' && status === 201,
  ],
  ['a failure', ({ msg }) => msg === 'request failed'],
  ['no HTTP', ({ msg }) => msg === 'unreadable request'],
])('the example of the line of %s has its fields', async (_what, isIt) => {
  const line = await eventually(() => {
    const found = app.logs.find(isIt);
    if (!found) throw new Error('No such line yet');
    return found;
  });
  expect(Object.keys(exampleOf(isIt))).toEqual(Object.keys(line));
});
