// The first lines that run on a fresh clone: nothing is installed yet, and the machine's own
// Node may be old. So: built-ins only, and nothing that Node 18 cannot parse.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { runToEnd } from './run.mjs';
import { runtimes } from './runtimes.mjs';

const WATCHED = ['server', 'contract', 'migrations'];

/** What each npm script hands over to. */
const TARGETS = {
  start: ['server/main.ts'],
  // Folders, not the import graph: a new migration or feature is in no graph yet.
  dev: [
    ...WATCHED.map((folder) => `--watch-path=${folder}`),
    '--watch-preserve-output',
    'server/main.ts',
  ],
  test: ['tests/run.ts'],
  charter: ['server/cli/main.ts'],
};

async function launch(name, args) {
  const target = Object.hasOwn(TARGETS, name ?? '') && TARGETS[name];
  if (!target) throw new Error(`Say what to launch: ${Object.keys(TARGETS).join(', ')}.`);
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
  const interruptedBy = await install(root);
  if (interruptedBy) return { signal: interruptedBy };
  const isServer = name === 'start';
  return runToEnd(runtimes(root), [...settingsFile(name, root), ...target, ...args], {
    cwd: root,
    env: {
      ...compileCache(args, root),
      ...process.env,
      ...(isServer && { CHARTER_LAUNCHED: '1' }),
    },
    // The channel closes when this process dies, however it dies: the server then stops too.
    stdio: isServer ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
}

/** What Node compiled once it reads from there: a start takes two thirds of the time, tests less. */
function compileCache(args, root) {
  // Coverage needs the code compiled anew.
  if (args.includes('--coverage')) return {};
  return { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'charter') };
}

/** A setting that is set already wins over `.env`; tests bring their own. */
function settingsFile(name, root) {
  return name !== 'test' && existsSync(join(root, '.env')) ? ['--env-file=.env'] : [];
}

try {
  const end = await launch(process.argv[2], process.argv.slice(3));
  if (end.signal) process.kill(process.pid, end.signal);
  else process.exit(end.code);
} catch (error) {
  // A sentence for a person, who can do nothing with our stack.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
