// Compiles and runs a consumer of the packed client's entry points, against the real TanStack Query
// and the real msw, and every example of docs/client: `npm run check:entries`.
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { modulesOfExamples } from './examples.ts';

const run = promisify(execFile);
const checks = fileURLToPath(new URL('..', import.meta.url));
// Inside of this folder, so that TanStack Query and msw are found by looking upwards.
const project = join(checks, '.output/entries');

const strict = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  target: 'es2022',
  lib: ['esnext', 'dom', 'dom.iterable'],
  module: 'nodenext',
  types: ['node'],
  // What others declare is theirs; ours is checked without it by `check:types`.
  skipLibCheck: true,
};

await rm(project, { recursive: true, force: true });
await cp(join(checks, 'entries/consumer'), project, { recursive: true });
await unpackClient(join(project, 'node_modules/@charter/client'));
const examples = await modulesOfExamples();
await mkdir(join(project, 'examples'));
for (const [name, text] of examples) await writeFile(join(project, 'examples', name), text);
await writeFile(join(project, 'package.json'), '{ "type": "module" }');

let failed = 0;
for (const typescript of ['typescript-5.9', 'typescript-6.0', 'typescript-7.0']) {
  await tell(`${typescript} compiles the consumer and ${examples.size} pages`, async () => {
    const config = { compilerOptions: strict, include: ['*.ts', 'examples'] };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(checks, 'node_modules', typescript, 'bin/tsc');
    return node(tsc, '--pretty', 'false', '-p', 'tsconfig.json');
  });
}
for (const name of ['tanstack', 'msw', 'run-examples']) {
  await tell(`${name} runs`, () => node(`${name}.ts`));
}
process.exitCode = failed === 0 ? 0 : 1;

async function tell(what: string, check: () => Promise<{ ok: boolean; said: string }>) {
  const { ok, said } = await check();
  if (!ok) failed += 1;
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${what}\n${said}`);
}

function node(...args: readonly string[]): Promise<{ ok: boolean; said: string }> {
  return run(process.execPath, args, { cwd: project, timeout: 120_000 }).then(
    ({ stdout }) => ({ ok: true, said: stdout }),
    ({ stdout, stderr }) => ({ ok: false, said: `${stdout}${stderr}` }),
  );
}

/** As `npm install` does it with the tarball. */
async function unpackClient(to: string): Promise<void> {
  const packed = join(checks, '.output/client');
  const [tarball] = (await readdir(packed)).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`${packed} holds no tarball: npm run pack:client`);
  await mkdir(to, { recursive: true });
  await run('tar', ['-xzf', join(packed, tarball), '-C', to, '--strip-components=1']);
}
