// Runs one scenario with the packed client in each runtime that we promise to run in, on Linux on x64:
// `npm run check:runtimes --prefix tests/checks`. Names of runtimes, if any are given, are those to run.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inBrowser, pagesFor } from './browser.ts';
import { bundle, makeProject } from './project.ts';
import { startService } from './service.ts';
import { inWorker } from './worker.ts';

const run = promisify(execFile);
const modules = fileURLToPath(new URL('node_modules', import.meta.url));
const folder = await makeProject();
const service = await startService(await pagesFor((source) => bundle(folder, source)));

const node = (name: string) => (base: string) => program(`${name}/bin/node`, ['run.mjs', base]);
const deno = ['run', '--no-remote', '--allow-net=127.0.0.1'];
const runtimes: Record<string, (base: string) => Promise<string>> = {
  'node-20': node('node-20'),
  'node-22': node('node-22'),
  'node-26': node('node-26'),
  deno: (base) => program('@deno/linux-x64-glibc/deno', [...deno, 'run.mjs', base]),
  bun: (base) => program('@oven/bun-linux-x64/bin/bun', ['run.mjs', base]),
  workerd: (base) =>
    inWorker(join(modules, '@cloudflare/workerd-linux-64/bin/workerd'), folder, base),
  chromium: () => inBrowser(service, 'chromium'),
};

const asked = process.argv.slice(2);
const wrong = asked.filter((name) => !(name in runtimes));
if (wrong.length > 0) {
  process.stderr.write(
    `No such runtime: ${wrong.join()}. There are ${Object.keys(runtimes).join()}.\n`,
  );
  process.exit(2);
}
let failed = 0;
try {
  for (const name of asked.length > 0 ? asked : Object.keys(runtimes)) {
    const began = Date.now();
    const said = await runtimes[name]?.(`${service.origin}/${name}`).catch((error) => error);
    const isGood = typeof said === 'string';
    if (!isGood) failed += 1;
    const held = isGood ? (JSON.parse(said) as string[]) : [];
    process.stdout.write(
      isGood
        ? `ok      ${name}: ${held.length} of ${held.length} hold (${Date.now() - began} ms)\n`
        : `FAILED  ${name}\n${said?.stderr || said}\n`,
    );
  }
} finally {
  service.stop();
  await rm(folder, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;

async function program(path: string, args: string[]): Promise<string> {
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(folder, '.deno') };
  const options = { cwd: folder, env, timeout: 60_000 };
  const { stdout } = await run(join(modules, path), args, options);
  return stdout;
}
