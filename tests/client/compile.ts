import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

export const root = join(import.meta.dirname, '../..');

/** Outside of the repository, so that nothing is found by looking upwards. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'charter-client-'));
}

/** A folder for one test. */
export async function emptyFolder(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export async function write(folder: string, files: Iterable<[string, string]>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

export async function copyRuntime(folder: string): Promise<void> {
  await cp(join(root, 'client/runtime'), join(folder, 'client/runtime'), { recursive: true });
}

/** Runs the compiler; what it says is the result. */
export async function tsc(folder: string, ...args: string[]): Promise<string> {
  const script = join(root, 'node_modules/typescript/bin/tsc');
  const command = [script, '--pretty', 'false', ...args];
  const { stdout } = await run(process.execPath, command, { cwd: folder }).catch(
    (failed) => failed,
  );
  return stdout;
}

const strict = {
  strict: true,
  skipLibCheck: false,
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  module: 'nodenext',
  types: [],
};

/** As strictly as we compile ourselves. */
export const strictest = {
  noEmit: true,
  declaration: true,
  isolatedDeclarations: true,
  allowImportingTsExtensions: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  noUnusedLocals: true,
};

/** Compiles files of a folder as strictly as its options say; silent when all is well. */
export async function compile(folder: string, files: string[], options: object): Promise<string> {
  const config = { compilerOptions: { ...strict, ...options }, files };
  await write(folder, [['tsconfig.json', JSON.stringify(config)]]);
  return tsc(folder, '-p', 'tsconfig.json');
}

/** Runs a module as Node does without any help, and gives what it prints. */
export async function runModule(path: string): Promise<string> {
  const { stdout } = await run(process.execPath, [path]);
  return stdout.trim();
}
