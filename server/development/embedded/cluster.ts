import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartFailure } from '../../platform/start-failure.ts';
import { WHAT_TO_DO } from './binaries.ts';
import { commandAs } from './run-as.ts';
import type { Site } from './site.ts';

export const SUPERUSER = 'charter';

export function dataOf(cluster: string): string {
  return join(cluster, 'data');
}

export function passwordOf(cluster: string): Promise<string> {
  return readFile(join(cluster, 'password'), 'utf8');
}

/** Made under another name and renamed when finished: a kill in between leaves no half cluster. */
export async function createCluster(
  site: Site,
  options: { durable: boolean; signal?: AbortSignal | undefined },
): Promise<void> {
  await removeLeftovers(site.cluster);
  const making = await mkdtemp(`${site.cluster}.new-`);
  try {
    await fill(making, site, options);
    await rename(making, site.cluster);
  } catch (error) {
    await discard(making);
    throw error;
  }
}

async function fill(
  making: string,
  site: Site,
  { durable, signal }: { durable: boolean; signal?: AbortSignal | undefined },
): Promise<void> {
  const password = join(making, 'password');
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (site.runAs.kind === 'user') {
    const { uid, gid } = site.runAs;
    await Promise.all([making, password].map((path) => chown(path, uid, gid)));
  }
  const sync = durable ? [] : ['--no-sync'];
  await initdb(site, [`--pgdata=${dataOf(making)}`, `--pwfile=${password}`, ...sync], signal);
}

async function initdb(site: Site, where: string[], signal?: AbortSignal): Promise<void> {
  const command = commandAs(site.runAs, join(site.binaries, 'bin', 'initdb'), [
    ...where,
    `--username=${SUPERUSER}`,
    '--auth=scram-sha-256',
    // Many make a guess at a weak password slow. Ours is 24 random bytes: only each connection is.
    '--set=scram_iterations=1',
    '--encoding=UTF8',
    // Built in, not the system's: order and case are then the same on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--text-search-config=english',
  ]);
  // A session of its own: Ctrl-C must reach us only, who then end it by the signal.
  const child = spawn(command.file, command.args, {
    ...command.options,
    ...(signal && { signal }),
    detached: true,
    windowsHide: true,
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk) => said.push(String(chunk)));
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  // Ended by the signal it still removes what it made: nothing is left when its output closes.
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (failure) throw failure;
  if (code === 0) return;
  throw new StartFailure({
    what: 'The embedded PostgreSQL cannot be set up.',
    why: `Its initdb says:\n${said.join('').trim()}`,
    todo: `Often the disk is full. Or: ${WHAT_TO_DO}`,
  });
}

async function removeLeftovers(cluster: string): Promise<void> {
  const home = dirname(cluster);
  const leftovers = (await readdir(home)).filter((name) =>
    name.startsWith(`${basename(cluster)}.new-`),
  );
  for (const name of leftovers) await discard(join(home, name));
}

/** An initdb that outlived its killed parent may still write here: then the next start does it. */
async function discard(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}
