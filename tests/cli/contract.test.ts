import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { readNamed } from '../../server/cli/contract/sides.ts';
import { answers, fields, operation, takes, text } from '../contract/diff/documents.ts';
import { charter } from '../kit/command.ts';

const root = new URL('../../', import.meta.url);
const email = (schema: object) => answers(fields({ 'email!': { ...schema } }));

function files(texts: Record<string, unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'charter-contract-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const isText = typeof content === 'string';
    writeFileSync(join(folder, name), isText ? content : JSON.stringify(content));
  }
  return (name: string) => join(folder, name);
}

it('nothing of what was released breaks, unless contract/CHANGELOG.md answers for it', async () => {
  const { out, code, err } = await charter(['contract', 'diff']);
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toMatch(/\d+ breaking.*; \d+ risky, \d+ safe/);
});

it('says what breaks and whom it hurts; of documents of others nothing is acknowledged', async () => {
  const at = files({ 'a.json': email(text), 'b.json': answers(fields({})) });
  const { code, out, err } = await charter(['contract', 'diff', at('a.json'), at('b.json')]);
  expect(code).toBe(1);
  expect(out).toContain('breaking, wire: POST /things: 200, email [answer-field-removed]');
  expect(out).toContain('Whoever reads it finds nothing.');
  expect(out).toContain('1 breaking; 0 risky, 0 safe.');
  expect(err).toMatch(/^Failed for 1 of these changes; --fail-on nothing only looks\./);
  expect(err).not.toContain('CHANGELOG');
});

it('says what to write where it shall break all the same', async () => {
  const at = files({ 'a.json': operation({}) });
  const { code, err } = await charter(['contract', 'diff', at('a.json')]);
  expect(code).toBe(1);
  expect(err).toMatch(/- \d{4}-\d\d-\d\d `operation-removed` at `POST \/things`: why/);
});

it('shows what is safe where it is asked for', async () => {
  const at = files({ 'a.json': answers(fields({})), 'b.json': email(text) });
  const sides = [at('a.json'), at('b.json')];
  expect((await charter(['contract', 'diff', ...sides])).out).toContain(
    '1 safe (--all shows them).',
  );
  const { out, code } = await charter(['contract', 'diff', ...sides, '--all']);
  expect([code, out]).toEqual([0, expect.stringContaining('[answer-field-added]')]);
});

it('answers as one JSON document, good or bad', async () => {
  const at = files({ 'a.json': email(text), 'b.json': answers(fields({})) });
  const { code, out } = await charter(['contract', 'diff', at('a.json'), at('b.json'), '--json']);
  const change = { rule: 'answer-field-removed', severity: 'breaking', level: 'wire' };
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false, changes: [change] });
  const same = await charter(['contract', 'diff', at('a.json'), at('a.json'), '--json']);
  expect(JSON.parse(same.out)).toMatchObject({ ok: true, changes: [], stale: [] });
});

it.each([
  ['breaking', 0],
  ['risky', 1],
  ['nothing', 0],
])('fails on what it is told to: %s', async (failOn, expected) => {
  const limited = (maxLength: number) => email({ ...text, maxLength });
  const at = files({ 'a.json': limited(1), 'b.json': limited(2) });
  const sides = [at('a.json'), at('b.json')];
  const { code } = await charter(['contract', 'diff', ...sides, '--fail-on', failOn]);
  expect(code).toBe(expected);
});

it('reads YAML, and writes Markdown in which a document has no say', async () => {
  const odd = '<img src=x>|@everyone`';
  const at = files({
    'a.yaml': stringify(takes(fields({ [odd]: text }))),
    'b.yml': stringify(takes(fields({}))),
  });
  const { code, out } = await charter([
    ...['contract', 'diff', at('a.yaml'), at('b.yml')],
    '--markdown',
  ]);
  expect(code).toBe(1);
  expect(out).toMatch(/^<!-- contract diff -->\n### Contract: 1 unacknowledged\n/);
  expect(out).toContain("`POST /things: request, <img src=x>\\|@everyone'`");
  // Nothing of it stands outside of code.
  expect(out.replace(/`[^`]*`/g, '')).not.toMatch(/<img|@everyone/);
});

it.each([
  ['Swagger 2', { swagger: '2.0' }, 'says OpenAPI 2.0'],
  ['3.2', { openapi: '3.2.0' }, 'says OpenAPI 3.2.0'],
  ['no document', [], 'is no OpenAPI document'],
  ['a part elsewhere', takes({ $ref: 'other.json#/x' }), 'bundle the document into one'],
  ['a part nowhere', takes({ $ref: '#/components/schemas/X' }), 'refers to nothing'],
  ['a part that is itself', { ...takes({ $ref: '#/x' }), x: { $ref: '#/x' } }, 'refers to itself'],
  ['no words', 'a: [', 'is neither JSON nor YAML'],
])('refuses %s, and says why', async (_what, document, says) => {
  const at = files({ 'a.json': document });
  const { code, err } = await charter(['contract', 'diff', at('a.json'), at('a.json')]);
  expect([code, err]).toEqual([3, expect.stringContaining(says)]);
});

it('refuses a name that means nothing', async () => {
  for (const name of ['no-such-branch', '--upload-pack=x', 'no/such.json']) {
    const { code, err } = await charter(['contract', 'diff', '--', name]);
    expect([code, err]).toEqual([
      3,
      expect.stringContaining('is no file, and git knows no commit'),
    ]);
  }
});

it('tells a bad verdict from none: what cannot be read is no change', async () => {
  const at = files({ 'a.json': email(text), 'b.json': answers(fields({})), 'c.gql': 'type Query' });
  const codeOf = async (...sides: string[]) => {
    const { code, out } = await charter(['contract', 'diff', ...sides.map(at), '--json']);
    return [code, JSON.parse(out).error];
  };
  expect(await codeOf('a.json', 'b.json')).toEqual([1, 'failed']);
  expect(await codeOf('a.json', 'none.json')).toEqual([3, 'unreadable']);
  expect(await codeOf('a.json', 'c.gql')).toEqual([3, 'unreadable']);
});

it('reads what git knows', async () => {
  const at = files({ 'docs/openapi.json': operation({}), 'other.yaml': 'openapi: 3.0.3' });
  const folder = at('.');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'x');
  expect((await readNamed(folder, 'main')).document).toEqual(operation({}));
  expect((await readNamed(folder, 'HEAD:other.yaml')).document).toEqual({ openapi: '3.0.3' });
  await expect(readNamed(folder, 'main:none.json')).rejects.toThrow('main has no none.json');
});

it('writes what the changelog says of the newest release, or of another', async () => {
  const { out } = await charter(['contract', 'notes']);
  const [, , section = ''] = readFileSync(new URL('contract/CHANGELOG.md', root), 'utf8').split(
    /^## .*$/m,
  );
  expect(out).toBe(section.trim() === '' ? 'Nothing has been released yet.' : section.trim());
  const missing = await charter(['contract', 'notes', '99.0.0']);
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('no entry 99.0.0') });
});
