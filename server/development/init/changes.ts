import type { Product } from './product.ts';

/** What the service does without: what makes a service of a clone, and what only shows. */
export const removed: readonly RegExp[] = [
  /^server\/development\/init\//,
  /^server\/cli\/init\.ts$/,
  /^tests\/(cli|full|long)\/init\.test\.ts$/,
  /^docs\/cli\/init\.md$/,
  /^docs\/starting-your-service\.md$/,
  // What the baseline has released is no promise of the service.
  /^contract\/released\//,
  /^tests\/example\//,
];

/** History and licence notices: they say what was, and by whom. */
export const kept: readonly RegExp[] = [
  /^docs\/decisions\/(\d{4}-|seed-parity)/,
  /^docs\/baseline\//,
];

/** Files that go elsewhere: the service begins its own. */
export const moved: Readonly<Record<string, string>> = {
  'docs/changelog.md': 'docs/baseline/changelog.md',
  'contract/CHANGELOG.md': 'docs/baseline/contract-changelog.md',
  LICENSE: 'docs/baseline/licence.md',
};

type Edit = readonly [file: string, from: string | RegExp, to: string];

/**
 * What is more than another word; `%1` is what the first group found. Each place must be there: whoever
 * moves it moves it here, too.
 */
export function edits({ title, licence, holder }: Product): readonly Edit[] {
  const isOpen = licence === 'mit';
  const spdx = isOpen ? 'MIT' : 'UNLICENSED';
  const license = isOpen
    ? "{ name: 'MIT', identifier: 'MIT' }"
    : "{ name: 'Proprietary', identifier: 'LicenseRef-Proprietary' }";
  return [
    ['package.json', /"description": ".*"/, `"description": "The service ${title}"`],
    ['package.json', '"license": "MIT"', `"license": "${spdx}"`],
    ['package.json', ' tests/example"', '"'],
    ['client/package.json', '"license": "MIT"', `"license": "${spdx}"`],
    ['client/package.json', '"author": "Charter contributors"', `"author": "${holder}"`],
    ['contract/service.ts', "cookie: 'session'", `cookie: 'charter_session'`],
    ['contract/service.ts', "{ name: 'MIT', identifier: 'MIT' }", license],
    ['server/cli/program.ts', /^import \{ initCommand \}.*\n/m, ''],
    ['server/cli/program.ts', /^ {2}initCommand,\n/m, ''],
    ['server/cli/examples.ts', /^ {2}init: \{\n[\s\S]*?^ {2}\},\n/m, ''],
    ['tests/contract/contract.test.ts', /^import \{ projects \}.*\n/m, ''],
    [
      'tests/contract/contract.test.ts',
      '[...operations, ...operationsOf({ exampleProjects: projects })]',
      'operations',
    ],
    ['tests/full/guides.test.ts', /\s+'example',/, ''],
    ['docs/adding-a-feature.md', /`tests\/example\/` is this feature[\s\S]*?this page\.\n/, ''],
    [
      'docs/adding-a-feature.md',
      /`tests\/example\/mount\.ts`\s+does so, through/,
      'Tests do so through',
    ],
    ['docs/adding-a-feature.md', / That is why the files there\s[\s\S]*$/, '\n'],
    ['docs/architecture.md', /^\| `tests\/example` .*\n/m, ''],
    ['docs/testing.md', /^npm test -- tests\/long\/init\.test\.ts .*\n/m, ''],
    ['docs/testing.md', ', as `tests/example/` does', ''],
    ['README.md', /^# Charter\n[\s\S]*?(?=\n## Two commands\n)/, introduction],
    ['README.md', /^\| come from the predecessor .*\n/m, ''],
    ['README.md', /^\| make a service of your own .*\n/m, ''],
    ['README.md', /^\| `npm run charter -- init .*\n/m, ''],
    ['README.md', /\n## Status\n\nVersion ([\d.]+\d)[\s\S]*$/, ending(isOpen)],
  ];
}

const introduction = `# Charter

Say here what this service is for, and who runs it. It starts from its contract: shapes, endpoints, who may
call and what may go wrong are written down once, and the server's checks, the OpenAPI document and the
typed client come from there.
`;

function ending(isOpen: boolean): string {
  return `
## Status

Version %1.

## Licence

${isOpen ? '[MIT](LICENSE)' : 'All rights reserved ([licence](LICENSE))'}. Much of it comes from a baseline under the MIT licence, whose
[notice](docs/baseline/licence.md) stays.
`;
}
