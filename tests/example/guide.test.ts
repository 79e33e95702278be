import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { stepsOf } from '../kit/guide.ts';

/** Where docs/adding-a-feature.md puts the files of this folder. */
const places: Readonly<Record<string, string>> = {
  'tests/example/contract.ts': 'contract/projects.ts',
  'tests/example/migration.ts': 'migrations/NNNN_projects.ts',
  ...Object.fromEntries(
    ['model', 'policy', 'service', 'view', 'handlers', 'personal-data', 'feature'].map((role) => [
      `tests/example/${role}.ts`,
      `server/features/projects/${role}.ts`,
    ]),
  ),
};

/** What stands in here for words of its own (`mount.ts`). */
const words: readonly (readonly [RegExp, string])[] = [
  [/users:manage/g, 'projects:manage'],
  [/role_name_taken/g, 'project_name_taken'],
  [/\bexample[_-](?=projects|tasks)/g, ''],
  [/(?<=field: ')exampleProject/g, 'project'],
  [/Example(?=(New)?(Project|Task))/g, ''],
];

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const steps = stepsOf(read('docs/adding-a-feature.md'));

it.each(Object.entries(places))('the guide shows %s as it runs here', (path, place) => {
  const step = steps.find(({ file, place: spot }) => file === place && spot === undefined);
  expect(essence(step?.text ?? '')).toBe(essence(moved(read(path), path, place)));
});

/** The file as it would stand there: its imports lead to the same files, its words are its own. */
function moved(text: string, from: string, to: string): string {
  const imports = text.replace(/(?<=from ')\.[^']+/g, (specifier) => {
    const target = posix.join(posix.dirname(from), specifier);
    const path = posix.relative(posix.dirname(to), places[target] ?? target);
    return path.startsWith('.') ? path : `./${path}`;
  });
  return words.reduce((moved, [word, own]) => moved.replace(word, own), imports);
}

/** What is left when a formatter has had its way: imports in any order, lines of any length. */
function essence(text: string): string {
  const statement = /^import [^;]+;\n/gm;
  const imports = (text.match(statement) ?? []).map(squeezed).sort();
  return [...imports, squeezed(text.replace(statement, ''))].join('');
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '').replace(/,(?=[)}\]])/g, '');
}
