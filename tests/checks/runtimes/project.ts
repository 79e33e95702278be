import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Rolldown } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const run = promisify(execFile);

/** A project with the packed client, as somebody installs it, and the scenario. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charter-runtimes-'));
  const client = join(folder, 'node_modules/@charter/client');
  const packed = join(here, '../.output/client');
  const [tarball] = (await readdir(packed)).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`${packed} holds no tarball: npm run pack:client`);
  await mkdir(client, { recursive: true });
  await run('tar', ['-xzf', join(packed, tarball), '-C', client, '--strip-components=1']);
  await cp(join(here, 'scenario.mjs'), join(folder, 'scenario.mjs'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'run.mjs'), runner);
  return folder;
}

const runner = `
import { scenario } from './scenario.mjs';
const args = globalThis.Deno?.args ?? process.argv.slice(2);
console.log(JSON.stringify(await scenario(args[0])));
`;

/** One file, for what has no folder of packages: a worker, a page. */
export async function bundle(folder: string, source: string): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? join(folder, 'entry.mjs') : undefined),
    load: (id: string) => (id === join(folder, 'entry.mjs') ? source : undefined),
  };
  const result = await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    plugins: [entry],
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict' },
    },
  });
  return (result as Rolldown.RolldownOutput).output[0].code;
}
