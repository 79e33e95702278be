import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { ownMigrations } from '../server/platform/db/migrations.ts';
import { recordedStatements } from './kit/recorded-statements.ts';

/**
 * `npm run record:release`: writes down what this release asks of its schema, and which migrations made it.
 * The statements are those that the tests of the features send. The next release is held to it
 * (`tests/platform/db/previous-release.test.ts`): run it once, on the commit that is released.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'tests/platform/db/previous-release.json');

mkdirSync(join(root, '.charter'), { recursive: true });
const folder = mkdtempSync(join(root, '.charter', 'statements-'));
try {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/features/'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHARTER_TEST_STATEMENTS: folder } },
  );
  if (status !== 0) throw new Error('Tests failed: what they did not ask would be missing.');
  const { version } = packageJson;
  const migrations = await ownMigrations.names();
  const statements = recordedStatements(folder);
  writeFileSync(file, `${JSON.stringify({ version, migrations, statements }, null, 2)}\n`);
  process.stdout.write(`${statements.length} statements of ${version} are in ${file}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
