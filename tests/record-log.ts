import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleLines, isOfKind, kindsInDocs } from './kit/log-kinds.ts';
import { type Line, recordedLines } from './kit/recorded-lines.ts';

/**
 * `npm run record:log`: writes docs/log-lines.md, an example of every kind of line in the log, from what
 * services write while tests run. Named tests replace what they provoke, and leave the rest.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'docs/log-lines.md');
const provoking = [
  ...['tests/features', 'tests/platform', 'tests/http', 'tests/cli'],
  ...['process', 'jobs', 'redis', 'vault', 'faults', 'migrate', 'revocation', 'log-reader'].map(
    (name) => `tests/full/${name}.test.ts`,
  ),
];

mkdirSync(join(root, '.charter'), { recursive: true });
const folder = mkdtempSync(join(root, '.charter', 'lines-'));
try {
  const named = process.argv.slice(2);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', ...(named.length > 0 ? named : provoking)],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHARTER_TEST_LINES: folder } },
  );
  if (status !== 0) throw new Error('Tests failed: what they wrote may be wrong.');
  const kept = existsSync(file) ? exampleLines() : [];
  const lacking = write([...recordedLines(folder), ...kept]);
  process.stdout.write(`${file} lacks ${lacking.length === 0 ? 'nothing' : lacking.join('; ')}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Answers the kinds of which there is no example. */
function write(lines: readonly Line[]): string[] {
  const found = kindsInDocs().map((kind) => {
    const isIt = (line: Line) => isOfKind(kind, String(line.msg)) && line.level === kind.level;
    return { kind, line: lines.find(isIt) };
  });
  const examples = found.flatMap(({ line }) => (line ? [JSON.stringify(line)] : []));
  const page = `# Lines of the log

An example of each kind that [is listed](operations.md#every-line), in the same order, as services wrote them while
our tests ran (\`npm run record:log\`). Of a stack there is one frame.

\`\`\`json
${examples.join('\n')}
\`\`\`
`;
  writeFileSync(file, page);
  return found.filter(({ line }) => !line).map(({ kind }) => kind.words);
}
