import { spawn } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slow } from './kit/slow.ts';

/**
 * `npm test`: types and tests side by side, but for the slow ones; the last line counts them.
 * `npm run test:all`: those as well, and whether every declared answer was seen. With `--coverage`,
 * also how much of the source they run. With other arguments, only the tests that they name run, and
 * nothing else.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dataFolder = join(root, '.charter');
const given = process.argv.slice(2);

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const isQuick = given.length === 0;
const isWhole = !isQuick && given.every((argument) => ['tests/', '--coverage'].includes(argument));
const isTyped = isQuick || isWhole;
const [typesExit, tests] = await Promise.all([isTyped ? types() : 0, vitest()]);
const typeCounts = { passed: isTyped && typesExit === 0 ? 1 : 0, failed: typesExit === 0 ? 0 : 1 };
// A failure that no test is to blame for (coverage, a crash) must not hide behind zero failures.
const unblamed = tests.exit !== 0 && tests.counts.failed === 0 ? 1 : 0;
const unseen = tests.unseen.length > 0 ? 1 : 0;
const passed = tests.counts.passed + typeCounts.passed;
const failed = tests.counts.failed + typeCounts.failed + unblamed + unseen;
const { skipped } = tests.counts;
if (isQuick) {
  const left = globSync([...slow], { cwd: root }).length;
  process.stdout.write(`\nLeft out: ${left} slow files (npm run test:all), and tests/full.\n`);
}
process.stdout.write(
  `\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = failed > 0 ? 1 : 0;

async function types(): Promise<number> {
  return run([join(root, 'node_modules/typescript/bin/tsc')]);
}

async function vitest(): Promise<{ exit: number; counts: Counts; unseen: string[] }> {
  mkdirSync(dataFolder, { recursive: true });
  const folder = mkdtempSync(join(dataFolder, 'counts-'));
  const file = join(folder, 'counts.json');
  const answers = join(folder, 'answers');
  mkdirSync(answers);
  try {
    const exit = await run(
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=./tests/kit/closing-line.ts',
        ...given,
      ],
      { CHARTER_TEST_COUNTS: file, ...(isWhole && { CHARTER_TEST_ANSWERS: answers }) },
    );
    // What a test did not come to see because it failed is not missing.
    const unseen = isWhole && exit === 0 ? await tellUnseen(answers) : [];
    return { exit, counts: readCounts(file), unseen };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A declared answer that no test provokes is untested, or can never happen. */
async function tellUnseen(folder: string): Promise<string[]> {
  const { unprovoked } = await import('./kit/provoked.ts');
  const unseen = unprovoked(folder);
  const lines = unseen.map((answer) => `  ${answer}\n`).join('');
  if (lines) {
    process.stdout.write(
      `\nThe contract declares what no test provokes: write the test, or take it out.\n${lines}`,
    );
  }
  return unseen;
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
