// Builds the package into `dist`. It works where only the sources are (a fresh clone, somebody
// else's monorepo), so: built-ins only, and nothing that Node 18 cannot parse.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const { version, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

if (!compiler()) install();
// What an older contract had is no part of this package.
rmSync(join(folder, 'dist'), { recursive: true, force: true });
run(process.execPath, [compiler(), '-p', folder]);
process.stderr.write(`Built @charter/client ${version}.\n`);

/** Our TypeScript, wherever it is installed above; another version may write other declarations. */
function compiler() {
  const { resolve } = createRequire(import.meta.url);
  try {
    const manifest = resolve('typescript/package.json');
    const found = JSON.parse(readFileSync(manifest, 'utf8')).version;
    return found === devDependencies.typescript ? join(dirname(manifest), 'bin', 'tsc') : undefined;
  } catch {
    return undefined;
  }
}

function install() {
  process.stderr.write(`Installing TypeScript ${devDependencies.typescript}, once …\n`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const alone = ['--no-package-lock', '--ignore-scripts'];
  // Or nothing is installed: below `npm publish --dry-run`, which hands its option down, and where
  // NODE_ENV says production.
  const really = ['--no-dry-run', '--include=dev'];
  const args = ['install', ...alone, ...really, ...quiet];
  run('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}

/** What it prints goes to standard error: standard output belongs to `npm pack --json`. */
function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 2, 2], ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
