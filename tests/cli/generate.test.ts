import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
    ['a shape that is there', ['activities'], 'The API has a shape Activity already'],
    ['a table that is there', ['mails'], 'makes a table mails already'],
    ['a word of the language', ['classes'], 'class is a word that code cannot call this by'],
    ['something that JavaScript has', ['maps'], 'Map is something that JavaScript has already'],
    ['what is no word', ['Bad Orders'], 'Bad Orders is no noun: write a plural in small letters'],
    ['a path', ['../evil-things'], '../evil-things is no noun'],
    ['no plural', ['staff'], 'Say what one of them is called: --singular <word>.'],
  ])('refuses %s', async (_what, args, says) => {
    const { code, out } = await dry('feature', ...args);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, message: expect.stringContaining(says) });
  });

  it('takes a plural that has another end', async () => {
    const { code } = await dry('feature', 'oxen', '--singular', 'ox');
    expect(code).toBe(0);
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
});
