import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  acknowledgementsIn,
  lineFor,
  readChangelog,
  writeChangelog,
} from '../../server/cli/contract/changelog.ts';
import { changesBetween, compare } from '../../server/cli/contract/compare.ts';
import { assertReleasable, released } from '../../server/cli/contract/release.ts';
import { releaseCommand } from '../../server/cli/contract/release-command.ts';
import { readOwn } from '../../server/cli/contract/sides.ts';
import { objection } from '../../server/cli/contract/tell.ts';
import { judge } from '../../server/cli/contract/verdict.ts';
import { answers, fields, operation, text } from '../contract/diff/documents.ts';
import { silentTerminal } from '../kit/silent-terminal.ts';

const place = 'POST /things: 200, email';
const line = `- 2026-12-01 \`answer-field-removed\` at \`${place}\`: mails are nobody's business`;
const log = (unreleased: string, ...versions: string[]) => {
  const entries = versions.map((version) => `\n## ${version} (2026-11-30)\n\nWords.\n`).join('');
  return readChangelog(`# Changelog\n\n## Unreleased\n\n${unreleased}\n${entries}`);
};
const names = { base: 'a', head: 'b' };
const shown = answers(fields({ 'email!': text }));
const hidden = answers(fields({}));
const changes = (before: object, after: object) =>
  changesBetween({ name: 'a', document: before }, { name: 'b', document: after });

describe('what is acknowledged', () => {
  it('is no failure, and nothing else is', async () => {
    const found = await changes(shown, hidden);
    const verdict = judge(names, found, acknowledgementsIn(line));
    expect(verdict.changes[0]?.acknowledged).toMatchObject({ date: '2026-12-01' });
    expect(objection(verdict, 'breaking', '2026-12-01')).toBeUndefined();
    const others = [line.replace('email', 'name'), line.replace('-removed', '-added'), ''];
    for (const other of others) {
      const open = judge(names, found, acknowledgementsIn(other));
      expect(objection(open, 'breaking', '2026-12-01')).toContain(`\`${place}\`: why it must be`);
    }
  });

  it('may be a place with all that is in it, and may be wrapped', async () => {
    const wrapped = line.replace('200, email', '200*').replace(' nobody', '\n  nobody');
    const verdict = judge(names, await changes(shown, hidden), acknowledgementsIn(wrapped));
    expect(verdict.changes[0]?.acknowledged?.reason).toBe("mails are nobody's business");
  });

  it('is a failure where nothing has changed', async () => {
    const verdict = judge(names, await changes(shown, shown), acknowledgementsIn(line));
    expect(objection(verdict, 'breaking', '2026-12-01')).toContain('Remove:\n- 2026-12-01');
  });

  it.each([
    ['no reason', line.slice(0, line.indexOf('`: mails'))],
    ['hardly one', line.replace("mails are nobody's business", 'so')],
    ['no date', line.replace('2026-12-01', 'today')],
    ['a date that there is not', line.replace('2026-12-01', '2026-02-30')],
    ['no place', line.replace(`\`${place}\``, place)],
  ])('is refused with %s', (_what, wrong) => {
    expect(() => acknowledgementsIn(wrong)).toThrow(
      'does not say in its line what it acknowledges',
    );
  });

  it('is written as it is read', () => {
    const [read] = acknowledgementsIn(lineFor('2026-12-01', 'answer-field-removed', place));
    expect(read).toMatchObject({ date: '2026-12-01', rule: 'answer-field-removed', at: place });
  });
});

describe('the changelog', () => {
  it.each([
    ['## 1.0.0 (2026-11-30)\n', 'must begin with `## Unreleased`'],
    ['## Unreleased\n\n## 1.0 (2026-11-30)\n', '`## 1.0 (2026-11-30)`; write'],
    ['## Unreleased\n\n## 1.0.0\n', '`## 1.0.0`; write'],
  ])('%j is refused', (written, says) => {
    expect(() => readChangelog(`# Changelog\n\n${written}`)).toThrow(says);
  });

  it('is written as it was read', () => {
    const changelog = log(line, '1.1.0', '1.0.0');
    expect(readChangelog(writeChangelog(changelog))).toEqual(changelog);
  });

  it('tells of a release what people wrote, and what was found', async () => {
    const found = await changes(shown, hidden);
    const release = { version: '2.0.0', date: '2026-12-02' };
    const { unreleased, entries } = released(log(line, '1.0.0'), release, found);
    expect(unreleased).toBe('');
    expect(entries.map(({ version }) => version)).toEqual(['2.0.0', '1.0.0']);
    expect(entries[0]?.text).toContain(line);
    expect(entries[0]?.text).toContain(`- \`${place}\` (\`answer-field-removed\`): It is gone.`);
  });
});

describe('a version', () => {
  const added = () => changes(hidden, shown);
  const broken = () => changes(shown, hidden);
  const said = () => changes(operation({ summary: 'a' }), operation({ summary: 'b' }));
  it.each([
    ['1.0.1', added, 'is a minor step: the least is 1.1.0'],
    ['1.1.0', added, undefined],
    ['1.1.0', broken, 'is a major step: the least is 2.0.0'],
    ['2.0.0', broken, undefined],
    ['1.0.1', said, undefined],
    ['1.0.0', added, 'is not newer than 1.0.0'],
    ['0.9.9', added, 'is not newer than 1.0.0'],
    ['1.1', added, 'is no version'],
    ['v1.1.0', added, 'is no version'],
  ])('%s', async (version, found, says) => {
    const verdict = judge(names, await found(), found === broken ? acknowledgementsIn(line) : []);
    const asserted = () => {
      assertReleasable({ version, date: '' }, log('', '1.0.0'), verdict);
    };
    if (says === undefined) expect(asserted).not.toThrow();
    else expect(asserted).toThrow(says);
  });

  it('before 1.0.0 breaks with a minor step', async () => {
    const verdict = judge(names, await broken(), acknowledgementsIn(line));
    const release = (version: string) => () =>
      assertReleasable({ version, date: '' }, log(line, '0.3.1'), verdict);
    expect(release('0.4.0')).not.toThrow();
    expect(release('0.3.2')).toThrow('the least is 0.4.0');
  });

  it('is not released while nobody answers for what breaks, nor where nothing changed', async () => {
    const open = judge(names, await broken(), []);
    const release = { version: '2.0.0', date: '' };
    expect(() => assertReleasable(release, log('', '1.0.0'), open)).toThrow('nobody answers');
    const same = judge(names, [], []);
    expect(() => assertReleasable(release, log('', '1.0.0'), same)).toThrow('Nothing changed');
  });
});

it('what is released is what the next one is compared with', async () => {
  const root = mkdtempSync(join(tmpdir(), 'charter-release-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (file: string, written: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), written);
  };
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  write('contract/service.ts', "export const service = { apiVersion: '0.1.0' };\n");
  write('client/package.json', '{ "name": "x", "version": "0.1.0" }\n');
  write('contract/CHANGELOG.md', '# Changelog\n\n## Unreleased\n\nThe first.\n');
  const release = (version: string) =>
    releaseCommand(silentTerminal, root).parseAsync([version], { from: 'user' });

  expect(await compare(root, undefined, undefined)).toBeUndefined();
  await release('0.2.0');
  expect(read('contract/service.ts')).toContain("apiVersion: '0.2.0'");
  expect(JSON.parse(read('client/package.json'))).toMatchObject({ version: '0.2.0' });
  const document = JSON.parse(read('contract/released/openapi.json'));
  expect(document.info.version).toBe('0.2.0');
  const [entry] = readChangelog(read('contract/CHANGELOG.md')).entries;
  expect(entry).toMatchObject({ version: '0.2.0', text: 'The first.' });

  // A promise more than what stands in the code: it was taken away.
  document.paths['/api/v1/gone'] = { get: { responses: {} } };
  write('contract/released/openapi.json', JSON.stringify(document));
  const verdict = await compare(root, undefined, undefined);
  expect(verdict?.changes.filter(({ severity }) => severity === 'breaking')).toMatchObject([
    { rule: 'operation-removed', at: 'GET /api/v1/gone' },
  ]);
  await expect(release('0.3.0')).rejects.toThrow('nobody answers');
  expect((await readOwn(root)).schema).toBeUndefined();
});
