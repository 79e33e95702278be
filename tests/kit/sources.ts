import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file from the root of the repository, or the package. */
  readonly target: string;
  readonly isTypeOnly: boolean;
  readonly isReexport: boolean;
  /** Asked for while it runs: `import('…')`. */
  readonly isDynamic: boolean;
  /** What stands between the keyword and `from`. */
  readonly clause: string;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const folders = ['contract', 'server', 'client', 'migrations', 'tests'];
const foreign = /(^|\/)(node_modules|dist|coverage|\..*)(\/|$)/;

/** Every TypeScript source and launch script of the repository. */
export function readSources(): Source[] {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const paths = folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  );
  return paths
    .filter((path) => /\.(ts|mjs)$/.test(path) && !foreign.test(path))
    .map((path) => sourceOf(path, readFileSync(`${root}${path}`, 'utf8')));
}

const clause = String.raw`\*(?:\s+as\s+\w+)?|\{[^}]*\}|\w+(?:\s*,\s*\{[^}]*\})?`;
const statement = new RegExp(
  String.raw`^(import|export)\s+(type\s+)?(${clause})\s+from\s+'([^']+)'`,
  'gm',
);
const bare = /(?:^import\s+|\b(import\())'([^']+)'/gm;

/** A small reader, good for sources that a formatter has written. */
export function sourceOf(path: string, text: string): Source {
  const named = [...text.matchAll(statement)].map(([, keyword, type, names = '', specifier = '']) =>
    importOf(path, specifier, names, {
      isTypeOnly: type !== undefined || isTypesOnly(names),
      isReexport: keyword === 'export',
      isDynamic: false,
    }),
  );
  const others = [...text.matchAll(bare)].map(([, call, specifier = '']) =>
    importOf(path, specifier, '', {
      ...{ isTypeOnly: false, isReexport: false },
      isDynamic: call !== undefined,
    }),
  );
  return { path, text, imports: [...named, ...others] };
}

function importOf(
  path: string,
  specifier: string,
  clause: string,
  flags: Pick<Import, 'isTypeOnly' | 'isReexport' | 'isDynamic'>,
): Import {
  const isFile = specifier.startsWith('.');
  const target = isFile
    ? posix.join(posix.dirname(path), specifier)
    : specifier.replace(/^(@[^/]+\/[^/]+|[^@/][^/]*).*$/, '$1');
  return { specifier, target, clause, ...flags };
}

function isTypesOnly(names: string): boolean {
  if (!names.startsWith('{')) return false;
  const inside = names.slice(1, -1).split(',');
  return inside.every((name) => name.trim() === '' || name.trim().startsWith('type '));
}
