import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findCluster } from './site.ts';

const ownFiles = ['start.lock', 'owner.lock', 'postgres.log', 'secret-key'];

/**
 * Puts right what a `chmod -R` over the checkout has changed: PostgreSQL refuses a data folder
 * that others may enter, and cannot use one that it may not write. Only what is ours to change.
 */
export async function repairModes(folder: string, report?: (line: string) => void): Promise<void> {
  if (process.getuid === undefined) return;
  if (!(await grant(folder, 0o700))) return;
  for (const name of ownFiles) await grant(join(folder, name), 0o600).catch(unlessGone);
  const cluster = findCluster(folder);
  if (cluster === undefined || (await isPrivate(cluster))) return;
  await makePrivate(cluster);
  report?.(`Repaired the permissions of ${cluster}: PostgreSQL takes its own only.`);
}

/** Adds these rights where they lack. False for what belongs to somebody else. */
async function grant(path: string, rights: number): Promise<boolean> {
  const { mode, uid } = await lstat(path);
  if (!isOurs(uid)) return false;
  if ((mode & rights) !== rights) await chmod(path, (mode & 0o777) | rights);
  return true;
}

/** Looked at where a change shows first: below, only `chmod -R` from above changes anything. */
async function isPrivate(cluster: string): Promise<boolean> {
  const found = await lstat(cluster);
  if (!isOurs(found.uid)) return true;
  if ((found.mode & 0o777) !== 0o700) return false;
  const data = await lstat(join(cluster, 'data'));
  return (data.mode & 0o777) === 0o700;
}

/** A folder before what is in it: it may be one that cannot be read yet. */
async function makePrivate(path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  await chmod(path, entry.isDirectory() ? 0o700 : 0o600);
  if (!entry.isDirectory()) return;
  for (const name of await readdir(path)) {
    await makePrivate(join(path, name)).catch(unlessGone);
  }
}

/** Not made yet, or removed meanwhile by a server that runs. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

function isOurs(uid: number): boolean {
  const own = process.getuid?.();
  return own === 0 || own === uid;
}
