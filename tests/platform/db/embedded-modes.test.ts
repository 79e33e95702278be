import { chmod, mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolder } from '../../../server/development/embedded/folder.ts';

const kept = ['', 'postgres', 'postgres/data', 'postgres/data/base', 'postgres/data/base/1'];

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'charter-modes-')));
  await mkdir(join(folder, 'postgres/data/base'), { recursive: true, mode: 0o700 });
  for (const name of ['postgres/password', 'postgres/data/base/1', 'secret-key']) {
    await writeFile(join(folder, name), '', { mode: 0o600 });
  }
  await symlink('/nowhere', join(folder, 'postgres/data/link'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As `chmod -R` does it, on all that is kept. */
async function change(mode: (now: number, isFolder: boolean) => number): Promise<void> {
  for (const name of [...kept, 'postgres/password', 'secret-key'].reverse()) {
    const found = await stat(join(folder, name));
    await chmod(join(folder, name), mode(found.mode & 0o777, found.isDirectory()));
  }
}

async function modeOf(name: string): Promise<string> {
  return ((await stat(join(folder, name))).mode & 0o777).toString(8);
}

describe('a data folder', () => {
  it.each<[string, (now: number) => number]>([
    ['chmod -R 777', () => 0o777],
    ['chmod -R a-w', (now) => now & ~0o222],
    ['chmod -R go+r', (now) => now | 0o044],
    ['chmod -R 0', () => 0],
  ])('after %s is private and writable again, and this is said', async (_what, mode) => {
    await change(mode);
    const said: string[] = [];
    await openFolder(folder, (line) => said.push(line));
    expect(said).toEqual([expect.stringContaining('Repaired the permissions')]);
    expect(await Promise.all(kept.slice(1).map(modeOf))).toEqual(['700', '700', '700', '600']);
    expect(await modeOf('postgres/password')).toBe('600');
    // What else lies there keeps what it has, and its owner can use it.
    for (const name of ['', 'secret-key']) expect((await modeOf(name))[0]).toMatch(/[67]/);
  });

  it('that is as it should be is left alone', async () => {
    const said: string[] = [];
    await openFolder(folder, (line) => said.push(line));
    expect(said).toEqual([]);
  });
});
