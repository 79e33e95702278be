import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { root } from '../client/compile.ts';
import { follow } from '../kit/guide.ts';

const run = promisify(execFile);

/** The repository as somebody has cloned it, with what is installed beside it. */
async function aCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charter-guide-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const left = new Set(['node_modules', '.git', '.charter', 'coverage', 'dist']);
  const filter = (path: string) => path === root || !left.has(basename(path));
  await cp(root, folder, { recursive: true, filter });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs one of our scripts there; what it says, should it fail. */
async function failureOf(folder: string, ...script: string[]): Promise<string> {
  const env = { ...process.env, CHARTER_TEST_ANSWERS: join(folder, 'answers') };
  const options = { cwd: folder, maxBuffer: 2 ** 26, env };
  return run(process.execPath, script, options).then(
    () => '',
    ({ stdout, stderr }) => `${script.join(' ')}\n${stdout}\n${stderr}`,
  );
}

/** `npm run test:all` asks this of every operation, and so of those of the guides and the generator. */
const unprovokedOfGuides = `
  import { unprovoked } from './tests/kit/provoked.ts';
  const theirs = unprovoked('answers').filter((answer) => /^(projects|usersCount|purchaseOrders)/.test(answer));
  if (theirs.length > 0) throw new Error('No test provokes ' + theirs.join(', '));
`;

// Whatever looks at every operation, permission, role, table or file, and the tests of the features
// that the guides add to.
const tests = [
  ...[
    'contract',
    'generated',
    'client/generated',
    'architecture',
    'readme',
    'example',
    'operations',
  ],
  ...['account-erasure', 'account-export', 'audit', 'kit', 'me', 'open-tasks', 'permissions'].map(
    (name) => `features/${name}`,
  ),
  ...['features/projects', 'features/purchase-orders', 'features/roles', 'features/users'],
  ...['definitions', 'migrate', 'program', 'roles'].map((name) => `cli/${name}`),
  'platform/personal-data',
  ...['examples', 'graphql'].map((name) => `graphql/${name}`),
  ...['keysets', 'constraints', 'migrate'].map((name) => `platform/db/${name}`),
];

// Each asks every operation a lot, and of those that were there before it is asked elsewhere.
const byOperation = ['access-by-graphql', 'access', 'mock', 'bad-input', 'samples', 'gone'].map(
  (name) => `tests/generated/${name}.test.ts`,
);
const ofGuides = 'every operation|[pP]roject|[pP]urchaseOrder|users\\.count|usersCount';

it('the guides and what `generate` writes work as they stand, and no test that exists needs an edit', async () => {
  const folder = await aCopy();
  for (const name of ['adding-an-endpoint', 'adding-a-feature', 'testing', 'caching']) {
    const guide = await readFile(join(root, `docs/${name}.md`), 'utf8');
    expect(await follow(guide, folder)).not.toEqual([]);
  }
  for (const [what = '', ...of] of [
    ['feature', 'purchase-orders'],
    ['endpoint', 'purchase-orders.approve'],
    ['endpoint', 'purchase-orders.lookBack', '--reads'],
  ]) {
    expect(await failureOf(folder, 'server/cli/main.ts', 'generate', what, ...of)).toBe('');
  }
  await mkdir(join(folder, 'answers'));
  // On a busy machine a request may time out once; what the guides break, they break every time.
  const patient = ['--maxWorkers=1', '--retry=2', '--testTimeout=60000', '--hookTimeout=60000'];
  const named = tests.map((name) => `tests/${name}`);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...patient];
  const others = byOperation.flatMap((file) => ['--exclude', file]);
  for (const script of [
    ['client/generate/main.ts'],
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
    ['node_modules/typescript/bin/tsc'],
    [...vitest, ...named, ...others],
    [...vitest, ...byOperation, '-t', ofGuides],
    ['--input-type=module', '--eval', unprovokedOfGuides],
  ]) {
    expect(await failureOf(folder, ...script)).toBe('');
  }
}, 900_000);
