import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '../../platform/start-failure.ts';
import { copyBinaries, locateBinaries, prepareBinaries, WHAT_TO_DO } from './binaries.ts';
import { canReach, canRun, type RunAs, unprivilegedUser } from './run-as.ts';

/** Where and as whom a server runs. */
export interface Site {
  runAs: RunAs;
  /** PostgreSQL's programs. */
  binaries: string;
  /** Holds `data` and `password`, which live and die together. */
  cluster: string;
}

/** The cluster of this folder when there is one: in it, or where root had to put it. */
export function findCluster(folder: string): string | undefined {
  const away = awayFrom(folder);
  const homes = isRoot() && isTrusted(away) ? [folder, away] : [folder];
  return homes.map(clusterIn).find((cluster) => existsSync(cluster));
}

export async function chooseSite(folder: string, only?: RunAs['kind']): Promise<Site> {
  return isRoot() ? siteForRoot(folder, only) : siteForUser(folder);
}

async function siteForUser(folder: string): Promise<Site> {
  const cluster = findCluster(folder) ?? clusterIn(folder);
  const binaries = await prepareBinaries(await locateBinaries(), folder);
  return { runAs: { kind: 'self' }, binaries, cluster };
}

async function siteForRoot(folder: string, only?: RunAs['kind']): Promise<Site> {
  const cluster = findCluster(folder);
  const ways = cluster ? [await ownerOf(cluster)] : newcomers();
  for (const runAs of ways.filter((way) => !only || way.kind === only)) {
    const site = cluster ? await siteAt(cluster, runAs) : await newSite(folder, runAs);
    if (site) return site;
  }
  throw new StartFailure({
    what: 'PostgreSQL refuses to run as root.',
    why: `Neither a user namespace nor another user works here for ${cluster ?? folder}.`,
    todo: `Run as an ordinary user. Or: ${WHAT_TO_DO}`,
  });
}

/** A namespace first: it works below a root-only home, and the files stay root's. */
function newcomers(): RunAs[] {
  const user = unprivilegedUser();
  return [
    { kind: 'namespace', uid: user.uid },
    { kind: 'user', ...user },
  ];
}

/** Root serves data as the user it belongs to, so that this user can go on with it later. */
async function ownerOf(cluster: string): Promise<RunAs> {
  const { uid, gid } = await stat(cluster);
  if (uid !== 0) return { kind: 'user', uid, gid };
  return { kind: 'namespace', uid: unprivilegedUser().uid };
}

async function newSite(folder: string, runAs: RunAs): Promise<Site | undefined> {
  const near = await siteAt(clusterIn(folder), runAs);
  if (near || runAs.kind !== 'user') return near;
  await openAway(folder);
  return siteAt(clusterIn(awayFrom(folder)), runAs);
}

async function siteAt(cluster: string, runAs: RunAs): Promise<Site | undefined> {
  const home = join(cluster, '..');
  if (!canReach(runAs, home)) return undefined;
  const source = await locateBinaries();
  const installed = await prepareBinaries(source, home);
  if (canRun(runAs, installed)) return { runAs, binaries: installed, cluster };
  const copy = await copyBinaries(source, home);
  return canRun(runAs, copy) ? { runAs, binaries: copy, cluster } : undefined;
}

function clusterIn(folder: string): string {
  return join(folder, 'postgres');
}

/** Another user cannot enter root's 0700 home: data and programs then live outside of it. */
function awayFrom(folder: string): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join('/var/tmp', `charter-${key}`);
}

async function openAway(folder: string): Promise<void> {
  const away = awayFrom(folder);
  await mkdir(away, { recursive: true });
  if (!isTrusted(away)) {
    throw new StartFailure({
      what: `The embedded PostgreSQL cannot keep its data in ${away}.`,
      why: 'That folder belongs to somebody else.',
      todo: `Remove it. Or: ${WHAT_TO_DO}`,
    });
  }
  await chmod(away, 0o755);
}

/** Everybody may write to /var/tmp: what somebody else prepared there under our name is a trap. */
function isTrusted(away: string): boolean {
  const found = lstatSync(away, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === 0;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
