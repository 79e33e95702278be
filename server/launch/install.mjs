import { existsSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InstallProgress } from './install-progress.mjs';
import { holdingLock } from './lock.mjs';
import { runToEnd } from './run.mjs';

/** A line for each package that was fetched: npm reports no other progress. */
const CI = ['ci', '--no-audit', '--no-fund', '--loglevel=http'];

/** After a signal npm mostly ends at once; half an installation is done anew anyway. */
const KILL_AFTER_MS = 3000;

/**
 * Installs the dependencies when they are missing or older than the lockfile. Answers the signal
 * that broke it off, if one did.
 */
export async function install(root) {
  if (isFresh(root)) return undefined;
  try {
    return await installOnce(root);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new Error(
      `The dependencies are not installed, and cannot be: ${error.message}.\n` +
        'Give the checkout to yourself (chown -R, chmod -R u+rwX), or run a clone of your own.',
    );
  }
}

function installOnce(root) {
  const onWait = (pid) => say(`Another copy installs the dependencies (process ${pid}): waiting …`);
  return holdingLock(join(root, '.charter', 'install.lock'), onWait, async () => {
    // The copy that we waited for may have done it.
    if (isFresh(root)) return undefined;
    say(`Installing dependencies from ${registry()}, once, about 630 MB …`);
    const interruptedBy = await npmCi(root);
    if (!interruptedBy) touchMarker(root);
    return interruptedBy;
  });
}

/** Whether what is installed there is not older than its lockfile. */
export function isFresh(root) {
  const marker = modifiedAt(markerOf(root));
  return marker > 0 && marker >= modifiedAt(lockfileOf(root));
}

/** npm keeps the marker's time when nothing changed; without this we would install for ever. */
export function touchMarker(root) {
  if (!existsSync(markerOf(root))) return;
  const at = Math.max(Date.now(), modifiedAt(lockfileOf(root))) / 1000;
  utimesSync(markerOf(root), at, at);
}

async function npmCi(root) {
  const { program, args, shell } = npm();
  const progress = new InstallProgress(process.stderr, registry());
  const options = {
    cwd: root,
    shell,
    // Our standard output belongs to the command that was asked for.
    stdio: ['inherit', 2, 'pipe'],
  };
  const end = await runToEnd([program], [...args, ...CI], options, {
    meet: (child) => progress.follow(child.stderr),
    killAfterMs: KILL_AFTER_MS,
  }).finally(() => progress.end());
  if (end.code === 0) return undefined;
  if (end.received) return end.received;
  const why = end.signal ? `was ended by ${end.signal}` : `failed with code ${end.code}`;
  throw new Error(
    `Could not install the dependencies: "npm ci" ${why}; what it said is above.\n` +
      'Most often the network or the disk is to blame. Put it right and run the same command again.',
  );
}

/** Without what a URL may hold of credentials. Only npm itself knows where it looks by default. */
function registry() {
  try {
    const { origin, pathname } = new URL(process.env.npm_config_registry ?? '');
    return `${origin}${pathname}`;
  } catch {
    return 'the registry of npm';
  }
}

/** The npm that runs us, if one does: a machine can have several. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && basename(script) === 'npm-cli.js' && existsSync(script)) {
    return { program: process.execPath, args: [script], shell: false };
  }
  return { program: 'npm', args: [], shell: process.platform === 'win32' };
}

function markerOf(root) {
  return join(root, 'node_modules', '.package-lock.json');
}

function lockfileOf(root) {
  return join(root, 'package-lock.json');
}

function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
