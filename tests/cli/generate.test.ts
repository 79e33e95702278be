import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { draftEndpoint } from '../../server/development/generate/endpoint.ts';
import { namesOf } from '../../server/development/generate/names.ts';
import { fromTemplate } from '../../server/development/generate/template.ts';
import { charter } from '../kit/command.ts';

// What it writes is compiled and run by tests/full/guides.test.ts, in a copy of the repository.
const dry = (...args: string[]) => charter(['generate', ...args, '--dry-run', '--json']);

describe('generate feature', () => {
  it('says what it would write, with the next number, and writes nothing', async () => {
    const { code, out } = await dry('feature', 'cargo-manifests');
    const { written, created, edited } = JSON.parse(out);
    expect([code, written]).toEqual([0, false]);
    expect(created).toContainEqual(
      expect.stringMatching(/^migrations\/\d{4}_cargo_manifests\.ts$/),
    );
    expect(created).toContain('server/features/cargo-manifests/service.ts');
    expect(edited).toContain('server/features.ts');
    expect(existsSync(new URL(`../../${created[0]}`, import.meta.url))).toBe(false);
  });

  it('says the same to a person', async () => {
    const { out } = await charter(['generate', 'feature', 'cargo-manifests', '--dry-run']);
    expect(out).toMatch(
      /^ {2}new {6}contract\/cargo-manifests\.ts\n[\s\S]*\nNothing was written\.$/,
    );
  });

  it.each([
    ['a noun that is there', ['users'], 'There is a contract/users.ts already'],
    ['a folder that is there', ['notices'], 'There is a server/features/notices already'],
    ['a folder of the contract', ['document', '--singular', 'doc'], 'There is a contract/document'],
    [
      'a shape that is there',
      ['activities', '--singular', 'activity'],
      'The API has a shape Activity already',
    ],
    ['a table that is there', ['mails'], 'makes a table mails already'],
    ['a word of the language', ['classes'], 'class is a word that code cannot call this by'],
    ['something that JavaScript has', ['maps'], 'Map is something that JavaScript has already'],
    ['what is no word', ['Bad Orders'], 'Bad Orders is no noun: write a plural in small letters'],
    ['a path', ['../evil-things'], '../evil-things is no noun'],
    ['a file of the client', ['schemas'], 'There is a client/generated/schemas.ts already'],
    ['a type of the client', ['connections'], 'Connection is a type that code has already'],
    ['a type of TypeScript', ['records'], 'Record is a type that code has already'],
    ['what the service imports', ['transactions'], 'Transaction would mean two things'],
    ['a field of GraphQL', ['providers'], 'GraphQL has a field providers already'],
    ['a type of GraphQL', ['callers'], 'GraphQL has a type Caller already'],
    ['what the policy imports', ['cans'], 'can would mean two things'],
  ])('refuses %s', async (_what, args, says) => {
    const { code, out } = await dry('feature', ...args);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, message: expect.stringContaining(says) });
  });

  it.each([
    ...['staff', 'movies', 'expenses', 'warehouses', 'sizes', 'caches', 'boxes', 'heroes'],
    ...['shelves', 'status', 'analysis'],
  ])('asks what one of the %s is called', async (noun) => {
    const { out } = await dry('feature', noun);
    expect(JSON.parse(out).message).toContain('Say it: --singular <word>.');
  });

  it.each([
    ['oxen', '--singular', 'ox'],
    ['addresses', '--singular', 'address'],
    ...[['invoices'], ['parts'], ['writers'], ['managers'], ['answers'], ['orders'], ['items']],
  ])('takes %s', async (...args) => {
    const { code, out } = await dry('feature', ...args);
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ ok: true })]);
  });

  it.each([
    ['processes', 'process'],
    ['glasses', 'glass'],
    ['invoices', 'invoice'],
    ['purchase-orders', 'purchase-order'],
  ])('of %s, one is called %s', (noun, one) => {
    expect(namesOf(noun, undefined).row).toBe(one.replace('-', '_'));
  });

  it('names a table in SQL as what it is, also where the word means something there', () => {
    const migration = fromTemplate('migration', namesOf('references', 'reference'));
    expect(migration).toContain('on "references" (name)');
  });
});

describe('generate endpoint', () => {
  it.each([
    ['what names no endpoint', 'approve', 'approve names no endpoint: write <noun>.<verb>'],
    ['a noun that is not there', 'dragons.feed', 'There is no contract/dragons.ts'],
    ['a verb that is there', 'roles.grant', 'roles has grant already, in contract/roles.ts'],
    ['a noun without `get` by an id', 'audit.approve', 'contract/audit.ts has no `get` by an id'],
    ['a noun of another shape', 'users.merge', 'users/service.ts has no lockToChange'],
  ])('refuses %s', async (_what, address, says) => {
    const { code, out } = await dry('endpoint', address);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, message: expect.stringContaining(says) });
  });

  it('writes into the handlers, whatever stands before and after them, and refuses where they do not end', () => {
    const root = mkdtempSync(join(tmpdir(), 'charter-generate-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const names = namesOf('dragons', undefined);
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    };
    const handlers = 'server/features/dragons/handlers.ts';
    const helper = (name: string) => `function ${name}() {\n  return {\n    n: 1,\n  };\n}\n`;
    write('contract/dragons.ts', fromTemplate('contract', names));
    write('server/features/dragons/service.ts', fromTemplate('service', names));
    write('tests/features/dragons/dragons.test.ts', fromTemplate('test', names));
    const written = fromTemplate('handlers', names);
    write(handlers, helper('before') + written + helper('after'));
    const text = draftEndpoint(root, 'dragons.feed').read(handlers);
    expect(text.replace(/\n {4}feed: [\s\S]*?\n {4}\}\),\n/, '')).toBe(
      helper('before') + written + helper('after'),
    );
    const [begin, end] = ['export function dragonsHandlers', '    feed: '].map((one) =>
      text.indexOf(one),
    );
    expect(end).toBeGreaterThan(begin ?? 0);
    expect(text.indexOf('function after')).toBeGreaterThan(end ?? 0);
    write(handlers, written.replace('  };\n}', '  } satisfies object;\n}'));
    expect(() => draftEndpoint(root, 'dragons.feed')).toThrow('with its end: this noun is not of');
  });
});
