import { existsSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { holdingLock } from './lock.mjs';
import { runToEnd } from './run.mjs';

/** No warnings: they speak of npm's own Node, which is not the one that Charter runs on. */
const CI = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the dependencies when they are missing or older than the lockfile. */
export async function install(root) {
  if (isFresh(root)) return;
  const onWait = (pid) => say(`Another copy installs the dependencies (process ${pid}): waiting …`);
  await holdingLock(join(root, '.charter', 'install.lock'), onWait, async () => {
    // The copy that we waited for may have done it.
    if (isFresh(root)) return;
    say('Installing dependencies, once, about 540 MB …');
    await npmCi(root);
    touchMarker(root);
  });
}

function isFresh(root) {
  const marker = modifiedAt(markerOf(root));
  return marker > 0 && marker >= modifiedAt(lockfileOf(root));
}

/** npm keeps the marker's time when nothing changed; without this we would install for ever. */
function touchMarker(root) {
  if (!existsSync(markerOf(root))) return;
  const at = Math.max(Date.now(), modifiedAt(lockfileOf(root))) / 1000;
  utimesSync(markerOf(root), at, at);
}

async function npmCi(root) {
  const { program, args, shell } = npm();
  const end = await runToEnd([program], [...args, ...CI], {
    cwd: root,
    shell,
    // Our standard output belongs to the command that was asked for.
    stdio: ['inherit', 2, 2],
  });
  if (end.code === 0) return;
  const why = end.signal ? `was ended by ${end.signal}` : `failed with code ${end.code}`;
  throw new Error(
    `Could not install the dependencies: "npm ci" ${why}; what it said is above.\n` +
      'Most often the network or the disk is to blame. Put it right and run the same command again.',
  );
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
