import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** As it was at the start: Vite puts a NODE_ENV into ours, with which npm installs half of a project. */
const environment = { ...process.env };

/** A fresh clone in `charter/`, and beside it in `web/` a project where only the program is written. */
export async function layOut(folder: string, program: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const clone = [
    'clone',
    '--quiet',
    '--depth=1',
    pathToFileURL(root).href,
    join(folder, 'charter'),
  ];
  // Whoever owns this checkout: we only read it.
  await run('git', ['-c', 'safe.directory=*', ...clone], { cwd: folder });
  await cp(join(root, 'tests/checks/frontend'), join(folder, 'web'), { recursive: true });
  await writeFile(join(folder, 'web/src/App.tsx'), program);
}

/** What `npm login` would write for a registry that asks for no password. */
export function signInAt(registry: string, folder: string): Promise<void> {
  const address = registry.replace(/^http:/, '');
  return appendFile(join(folder, 'charter/.npmrc'), `\n${address}/:_authToken=anyone\n`);
}

/** Types commands as the guide has them; the first that fails ends it. */
export function type(commands: string, folder: string): Promise<void> {
  return run('bash', ['-e', '-c', commands], { cwd: folder });
}

export function build(folder: string, apiUrl: string): Promise<void> {
  // Vite wants a newer Node than the machine may have in front.
  const path = `${dirname(process.execPath)}:${environment['PATH']}`;
  const env = { ...environment, PATH: path, VITE_API_URL: apiUrl };
  return run('npm', ['run', 'build'], { cwd: join(folder, 'web'), env });
}

/** Runs a program to its end; what it says is told when it fails. */
async function run(
  program: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<void> {
  const child = spawn(program, args, {
    env: environment,
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += String(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said}`);
}
