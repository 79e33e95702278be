import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextNumber } from '../next-number.ts';
import { Draft } from './draft.ts';
import { assertFree } from './free-names.ts';
import { type Names, namesOf } from './names.ts';
import { fromTemplate } from './template.ts';

/** The files of `server/features/<noun>/`. */
const roles = ['model', 'policy', 'service', 'view', 'handlers', 'personal-data', 'feature'];

/** Everything that docs/adding-a-feature.md writes for a noun. */
export function draftFeature(root: string, noun: string, singular?: string): Draft {
  const names = namesOf(noun, singular);
  assertFree(root, names);
  const draft = new Draft(root);
  const { path, table } = names;
  draft.create(`contract/${path}.ts`, fromTemplate('contract', names));
  draft.create(
    `migrations/${nextNumber(root, readdirSync(join(root, 'migrations')))}_${table}.ts`,
    fromTemplate('migration', names),
  );
  for (const role of roles) {
    draft.create(`server/features/${path}/${role}.ts`, fromTemplate(role, names));
  }
  draft.create(`tests/features/${path}/${path}.test.ts`, fromTemplate('test', names));
  for (const insertion of registrations(names)) draft.insert(insertion);
  return draft;
}

/** At the beginning of each list, where the baseline adds nothing: an upgrade finds no conflict. */
function registrations({ path, plural, row, word, words }: Names) {
  const index = { file: 'contract/index.ts', where: 'below' } as const;
  const features = { file: 'server/features.ts', where: 'above' } as const;
  return [
    { ...index, line: 'export const contract', text: `  ${plural},` },
    { ...index, line: 'export const tags', text: `  ${plural}: 'The ${words}.',` },
    {
      ...index,
      where: 'above',
      line: 'import ',
      text: `import { ${plural} } from './${path}.ts';`,
    },
    {
      ...features,
      line: '  const audit = ',
      text: `  const ${plural} = ${plural}Feature(platform);`,
    },
    { ...features, where: 'below', line: '  return {', text: `    ${plural},` },
    {
      ...features,
      line: 'import ',
      text: `import { ${plural}Feature } from './features/${path}/feature.ts';`,
    },
    {
      file: 'contract/kit/permissions.ts',
      where: 'below',
      line: 'export const permissions =',
      text: permissionsOf(path, words),
    },
    {
      file: 'contract/kit/problems.ts',
      where: 'below',
      line: 'export const problems =',
      text: problemOf(row, word),
    },
  ] as const;
}

function permissionsOf(path: string, words: string): string {
  const allowed = {
    read: `List and read ${words}.`,
    write: `Create ${words}, and change and remove those of one’s own.`,
    manage: `Change and remove all ${words}.`,
  };
  return Object.entries(allowed)
    .map(
      ([verb, description]) =>
        `  '${path}:${verb}': {\n    description: '${description}',\n    protects: false,\n  },`,
    )
    .join('\n');
}

function problemOf(row: string, word: string): string {
  return `  ${row}_name_taken: {
    status: 409,
    title: 'The name of the ${word} is taken',
    prose: 'Another ${word} has this name. Nothing was changed; choose another name.',
  },`;
}
