import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { type LogLine, useApp } from '../../kit/app.ts';
import { anAdministrator, newPerson } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { exampleLines, isOfKind, kindsInDocs } from '../../kit/log-kinds.ts';
import { readRepository } from '../../kit/observability-files.ts';
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

it('docs/operations.md lists every kind of line, with its level and fields', () => {
  const written = kindsInSource();
  const told = new Map(kindsInDocs().map(({ words, ...kind }) => [words, kind] as const));
  expect([...told.keys()].sort()).toEqual([...written.keys()].sort());
  for (const [words, { level, fields }] of written) {
    const documented = told.get(words);
    expect(documented, words).toEqual({ level, fields: fields ?? documented?.fields });
  }
});

it('no line is written in a way that the test above does not see', () => {
  const hidden = readSources().filter(
    ({ path, text }) => path.startsWith('server/') && /\blog(\?\.)?\[|\.log\[/i.test(text),
  );
  expect(hidden.map(({ path }) => path)).toEqual([]);
});

describe('docs/log-lines.md', () => {
  const examples = exampleLines();
  const standard = ['level', 'time', 'service', 'msg'];
  /** What stands on a line because of the call in hand, or of its error. */
  const ofCall = ['requestId', 'traceId', 'actorId', 'actingFor', 'safety', 'compliance'];
  const also = [...ofCall, 'fingerprint', 'operation', 'undeclaredProblem', 'swallowed'];

  it('has an example of each kind, in their order', () => {
    const kinds = kindsInDocs();
    expect(examples).toHaveLength(kinds.length);
    const others = kinds.filter((kind, at) => !isOfKind(kind, String(examples[at]?.msg)));
    expect(others).toEqual([]);
  });

  it.each(kindsInDocs().map((kind, at) => [kind.words, kind, examples[at]] as const))(
    'shows the level and the fields of: %s',
    (_words, { level, fields }, example = {}) => {
      expect(example.level).toBe(level);
      const found = Object.keys(example);
      expect(found).toEqual(expect.arrayContaining(standard));
      // One that does not apply is absent, as the version of a secret that is a file.
      const own = found.filter((name) => ![...standard, ...also].includes(name));
      expect(own.filter((name) => !fields.includes(name))).toEqual([]);
      if (example.err !== undefined) expect(example.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    },
  );
});

const page = readRepository('docs/operations.md');

// On a busy machine any request may be a slow one, whose line says so.
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
