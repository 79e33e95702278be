import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { objectionTo, type Product } from '../../server/development/init/product.ts';
import { objection } from '../../server/development/init/ready.ts';
import { planService } from '../../server/development/init/service-of.ts';
import { inWordsOf } from '../../server/development/init/words.ts';
import { charter } from '../kit/command.ts';
import { query } from '../kit/embedded.ts';
import { playGit } from '../kit/played-git.ts';

// tests/long/init.test.ts turns a copy into a service, compiles it and upgrades it.
const root = fileURLToPath(new URL('../../', import.meta.url));
const head = () =>
  execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const licence = 'proprietary' as const;
const product = { name: 'zeppelin', title: 'Zeppelin Desk', licence, holder: 'Acme', year: 2026 };

describe('the words of a service', () => {
  it.each([
    ['Charter is ready.', 'Zeppelin Desk is ready.'],
    ['`charter jobs list`, @charter/client', '`zeppelin jobs list`, @zeppelin/client'],
    ['charter_sign_ins_total, charter.sign_ins', 'zeppelin_sign_ins_total, zeppelin.sign_ins'],
    ['CHARTER_TEST_COUNTS', 'ZEPPELIN_TEST_COUNTS'],
    ['CharterDown, startCharter, charterSettings', 'ZeppelinDown, startZeppelin, zeppelinSettings'],
    ['/^## (Charter\\w+)$/', '/^## (Zeppelin\\w+)$/'],
    ["'\\nCharter'", "'\\nZeppelin Desk'"],
    ['session=x; __Host-session=y', 'zeppelin_session=x; __Host-zeppelin_session=y'],
    ['const session = 1; not-session=x', 'const session = 1; not-session=x'],
  ])('%s', (before, after) => {
    expect(inWordsOf(before, product)).toBe(after);
  });
});

it('every place that is more than a word is where `changes.ts` says, and nothing keeps the name', async () => {
  const { written, renamed, removed } = await planService(root, {
    ...product,
    commit: 'an older one',
  } as Product);
  const says = [...written].filter(([file, text]) => {
    return !/LICENSE$|^docs\/baseline\//.test(file) && /charter/i.test(file + text);
  });
  expect(says.map(([file]) => file)).toEqual([]);
  expect(removed).toContain('server/cli/init.ts');
  expect([...renamed].filter(([from, to]) => !/charter/.test(from) || /charter/.test(to))).toEqual(
    [],
  );
  expect(renamed.get('deploy/systemd/charter.env')).toBe('deploy/systemd/zeppelin.env');
  const json = (file: string) => JSON.parse(written.get(file) ?? '');
  expect(json('package.json')).toMatchObject({ name: 'zeppelin', license: 'UNLICENSED' });
  expect(json('client/package.json')).toMatchObject({ name: '@zeppelin/client', author: 'Acme' });
  expect(json('.baseline.json')).toMatchObject({ ...product, commit: head() });
  expect(written.get('contract/service.ts')).toContain("cookie: 'zeppelin_session'");
  expect(written.get('LICENSE')).toMatch(/^Copyright \(c\) 2026 Acme\. All rights reserved\.\n/);
  expect(written.get('docs/baseline/licence.md')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
});

describe('init refuses', () => {
  it.each([
    ['Zeppelin', 'is no name for a service'],
    ['zep-pelin', 'is no name for a service'],
    ['ze', 'is no name for a service'],
    ['zeppelinzeppelinzeppelin', 'is no name for a service'],
    ['', '(nothing) is no name for a service'],
  ])('the name %s', (name, says) => {
    expect(objectionTo({ ...product, name })).toContain(says);
  });

  it('titles and holders that would break the files that they go to', () => {
    expect(objectionTo({ ...product, title: "Bob's" })).toContain('is no title');
    expect(objectionTo({ ...product, holder: 'A "B" C' })).toContain('--holder takes one line');
    expect(objectionTo(product)).toBeUndefined();
  });

  it.each([{ name: 'mycharter' }, { title: 'Charterhouse' }, { holder: 'The CHARTER Company' }])(
    'a word that could not be told from the old name: %o',
    (called) => {
      expect(objectionTo({ ...product, ...called })).toContain('contains the word charter');
    },
  );

  it('what is no clone, has changes, uses the word, or is a service', async () => {
    const { folder, git, commit } = aFolder();
    expect(await objection(folder, product)).toContain('This is no clone');
    git('init', '--quiet');
    writeFileSync(join(folder, 'package.json'), '{ "zeppelin": 1 }');
    expect(await objection(folder, product)).toContain('(1, the first: package.json)');
    commit();
    expect(await objection(folder, product)).toContain('already, in package.json:1');
    expect(await objection(folder, { ...product, name: 'balloon' })).toBeUndefined();
    // Of which nobody knows whether the word is in use.
    playGit('case "$*" in grep*) echo usage >&2; exit 129 ;; esac');
    await expect(objection(folder, product)).rejects.toThrow('usage');
    writeFileSync(join(folder, '.baseline.json'), '{}');
    expect(await objection(folder, product)).toContain('This is a service already');
  });

  it('a clone whose development server runs: the data would be removed below it', async ({
    skip,
  }) => {
    const [row] = await query(inject('database').server, 'show data_directory');
    const home = join(String(row?.data_directory), '../..');
    // Another server than that of development; its data may be elsewhere.
    if (!existsSync(join(home, 'postgres/password'))) skip();
    const { folder, git, commit } = aFolder();
    git('init', '--quiet');
    writeFileSync(join(folder, '.gitignore'), '/.charter');
    commit();
    expect(await objection(folder, product)).toBeUndefined();
    symlinkSync(home, join(folder, '.charter'));
    expect(await objection(folder, product)).toContain('The development server runs');
  });
});

function aFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'charter-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  const commit = () => {
    git('add', '.');
    git('-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'x');
  };
  return { folder, git, commit };
}

it.each([
  [['init', 'Two Words'], 'one word'],
  [['init', 'charterhouse'], 'charter'],
  [['upgrade', 'HEAD'], 'was not made from a baseline'],
])('charter %j is refused, and says why', async (args, why) => {
  const { code, out, err } = await charter(args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(why);
});
