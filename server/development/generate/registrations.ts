import type { Names } from './names.ts';
import type { Insertion } from './places.ts';

type Place = readonly [where: 'above' | 'below', line: string];
type List = 'nouns' | 'tags' | 'opened' | 'brought' | 'permissions' | 'problems';

/** A service writes at the beginning of lists and the baseline inside: an upgrade finds no conflict. */
const placesOf: Readonly<Record<'service' | 'baseline', Readonly<Record<List, Place>>>> = {
  service: {
    nouns: ['below', 'export const contract ='],
    tags: ['below', 'export const tags ='],
    opened: ['above', '  const audit = '],
    brought: ['below', '  return {'],
    permissions: ['below', 'export const permissions ='],
    problems: ['below', 'export const problems ='],
  },
  baseline: {
    nouns: ['above', '  webhooks,'],
    tags: ['above', '  webhooks: '],
    opened: ['above', '  const notices = '],
    brought: ['above', '    webhooks,'],
    permissions: ['above', "  'users:manage': {"],
    problems: ['above', '  ...rightsProblems,'],
  },
};

/** The lines by which files that exist get to know a noun. */
export function registrations(names: Names, isService: boolean): readonly Insertion[] {
  const { path, plural, words } = names;
  const places = placesOf[isService ? 'service' : 'baseline'];
  const put = (file: string, [where, line]: Place, text: string) => ({ file, where, line, text });
  const top: Place = ['above', 'import '];
  const [index, features] = ['contract/index.ts', 'server/features.ts'];
  const feature = `${plural}Feature`;
  return [
    put(index, top, `import { ${plural} } from './${path}.ts';`),
    put(index, places.nouns, `  ${plural},`),
    put(index, places.tags, `  ${plural}: 'The ${words}.',`),
    put(features, top, `import { ${feature} } from './features/${path}/feature.ts';`),
    put(features, places.opened, `  const ${plural} = ${feature}(platform);`),
    put(features, places.brought, `    ${plural},`),
    put('contract/kit/permissions.ts', places.permissions, permissionsOf(names)),
    put('contract/kit/problems.ts', places.problems, problemOf(names)),
  ];
}

function permissionsOf({ path, words }: Names): string {
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

function problemOf({ row, word }: Names): string {
  return `  ${row}_name_taken: {
    status: 409,
    title: 'The name of the ${word} is taken',
    prose: 'Another ${word} has this name. Nothing was changed; choose another name.',
  },`;
}
