import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export class ProgramFailure extends Error {
  override readonly name = 'ProgramFailure';
  readonly exitCode: number | null;

  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a program to its end; answers what it wrote, and throws all of it when it fails. */
export async function run(cwd: string, command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (code === 0) return out;
  throw new ProgramFailure(`${[command, ...args].join(' ')} failed in ${cwd}:\n${out}${err}`, code);
}

const biome = 'node_modules/@biomejs/biome/bin/biome';

/** Formats what was written, and sorts imports. */
export async function format(root: string, files: readonly string[]): Promise<void> {
  await run(root, process.execPath, [biome, 'check', '--write', ...files]);
}

/** Lets what is written from contract and commands follow, in processes that read them anew. */
export async function regenerate(root: string): Promise<void> {
  for (const script of ['client/generate/main.ts', 'server/cli/write-pages.ts']) {
    await run(root, process.execPath, [script]);
  }
}
