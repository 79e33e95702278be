import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm test`: types and tests side by side; the last line counts them. With arguments, only the
 * tests that they name run, without types and coverage.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dataFolder = join(root, '.charter');
const named = process.argv.slice(2);

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const isWhole = named.length === 0;
const [typesExit, tests] = await Promise.all([isWhole ? types() : 0, vitest()]);
const typeCounts = { passed: isWhole && typesExit === 0 ? 1 : 0, failed: typesExit === 0 ? 0 : 1 };
// A failure that no test is to blame for (coverage, a crash) must not hide behind zero failures.
const unblamed = tests.exit !== 0 && tests.counts.failed === 0 ? 1 : 0;
const passed = tests.counts.passed + typeCounts.passed;
const failed = tests.counts.failed + typeCounts.failed + unblamed;
const { skipped } = tests.counts;
process.stdout.write(
  `\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = failed > 0 ? 1 : 0;

async function types(): Promise<number> {
  return run([join(root, 'node_modules/typescript/bin/tsc')]);
}

async function vitest(): Promise<{ exit: number; counts: Counts }> {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(dataFolder, { recursive: true });
  const folder = mkdtempSync(join(dataFolder, 'counts-'));
  const file = join(folder, 'counts.json');
  try {
    const exit = await run(
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=./tests/kit/closing-line.ts',
        ...(isWhole ? ['--coverage'] : named),
      ],
      { CHARTER_TEST_COUNTS: file },
    );
    return { exit, counts: readCounts(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function run(args: string[], env: Record<string, string> = {}): Promise<number> {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ...env },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
