import { expect, it } from 'vitest';
import { fingerprintOf } from '../../../server/platform/observability/fingerprint.ts';
import { recordingLog, useApp } from '../../kit/app.ts';
import { anAdministrator } from '../../kit/callers.ts';

const app = useApp();
const home = new URL('../../../', import.meta.url).href;

/** An error as it is thrown from a few lines of ours and of others. */
function thrown(frames: readonly string[], fields: object = {}, message = 'No note 1'): Error {
  const error = Object.assign(new Error(message), fields);
  error.stack = [`Error: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return error;
}

const frames = [
  `Query.parse (${home}node_modules/pg/lib/query.js:10:5)`,
  'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  `async Notes.find (${home}server/features/notes/service.ts:20:7)`,
  `async ${home}server/features/notes/handlers.ts:9:3`,
];
const withPath = (frame: string) => frame.replace('file://', '');
const doing = 'notes.get';
const usual = fingerprintOf(thrown(frames, { code: '42703' }), doing);

it.each([
  ['paths in place of URLs', thrown(frames.map(withPath), { code: '42703' })],
  ['other words', thrown(frames, { code: '42703' }, 'No note 2')],
  [
    'other lines, and a library that was changed',
    thrown(
      [
        `Other.parse (${home}node_modules/pg/lib/other.js:1:1)`,
        ...frames.slice(2).map((frame) => frame.replace(/:\d+:\d+/, ':99:1')),
      ],
      { code: '42703' },
    ),
  ],
  [
    'words that look like a frame',
    thrown(frames, { code: '42703' }, `No\n    at made.up (${home}server/up.ts:1:1)`),
  ],
])('is the same with %s', (_what, error) => {
  expect(fingerprintOf(error, doing)).toBe(usual);
});

it.each([
  ['code', thrown(frames, { code: '42P01' })],
  ['function', thrown([frames[2]?.replace('find', 'list') ?? ''], { code: '42703' })],
  ['cause', thrown(frames, { code: '42703', cause: thrown([], { code: 'ECONNRESET' }) })],
  ['broken rule', thrown(frames, { code: '42703', constraint: 'notes_title_unique' })],
])('is another one with another %s', (_what, error) => {
  expect(fingerprintOf(error, doing)).not.toBe(usual);
});

it('stands on every line of a failure, and on no other', () => {
  const { log, logs } = recordingLog();
  const fail = (id: number) => new TypeError(`No ${id}`);
  for (const id of [1, 2]) log.error({ err: fail(id) }, 'request failed');
  log.warn(fail(3));
  log.info('listening');
  const [first, ...others] = logs.map(({ fingerprint }) => fingerprint);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(others).toEqual([first, first, undefined]);
});

it('is another one of another operation', () => {
  expect(fingerprintOf(thrown(frames, { code: '42703' }), 'notes.list')).not.toBe(usual);
});

it('is the same whoever calls, and one for each failure', async () => {
  const callers = [await anAdministrator(app), await anAdministrator(app)];
  await app.db.raw('alter table api_keys rename to nowhere');
  await app.db.raw('alter table service_accounts rename to nowhere_else');
  for (const { client } of callers) {
    await client.apiKeys.list();
    await client.serviceAccounts.list();
  }
  const failures = app.logs.filter(({ msg }) => msg === 'request failed');
  const [keys, accounts, ...others] = failures.map(({ fingerprint }) => fingerprint);
  expect(keys).not.toBe(accounts);
  expect(others).toEqual([keys, accounts]);
});

it('ends, and comes to something, with whatever is thrown', () => {
  const circle = new Error('circle');
  circle.cause = circle;
  const bare = new Error('bare');
  delete bare.stack;
  for (const odd of [circle, bare, new AggregateError([], 'many')])
    expect(fingerprintOf(odd, '')).toMatch(/^[0-9a-f]{16}$/);
});
