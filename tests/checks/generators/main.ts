// Generates clients with other people's generators, compiles them, and calls a running service:
// `npm run check:generators -- http://localhost:3000`. It needs an account besides those it makes.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runnerImport } from 'vite';
import type { Caller } from './caller.ts';
import { generators } from './generate.ts';
import { play } from './scenario.ts';

const here = import.meta.dirname;
const output = join(here, '../.output/generators');
const origin = new URL(process.argv[2] ?? 'http://localhost:3000').origin;

await fetchDocument(`${output}/openapi.json`);
let failures = 0;
const generated = Object.entries(generators).map(([name, generate]) =>
  report(`${name} generates`, () =>
    generate(`${output}/openapi.json`, `${output}/${name}`, origin),
  ),
);
await Promise.all(generated);
await report('all compile', () => promisify(execFile)('tsc', ['-p', here]));
for (const name of Object.keys(generators)) {
  await report(`${name} calls`, async () => play(await load(name)));
}
process.exitCode = failures === 0 ? 0 : 1;

/** As the service hands it out. */
async function fetchDocument(path: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const answer = await fetch(`${origin}/api/v1/openapi.json`);
  await writeFile(path, await answer.text());
}

/** Vite reads TypeScript as bundlers do; generated files import one another without an ending. */
async function load(name: string): Promise<Caller> {
  const { module } = await runnerImport<{ createCaller(origin: string): Caller }>(
    `${here}/callers/${name}.ts`,
    { logLevel: 'error' },
  );
  return module.createCaller(origin);
}

async function report(what: string, step: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  try {
    await step();
    process.stdout.write(`ok      ${what} (${Math.round(performance.now() - began)} ms)\n`);
  } catch (error) {
    failures += 1;
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    process.stdout.write(`FAILED  ${what}\n${stdout}${stderr}${(error as Error).stack}\n`);
  }
}
