import { indented } from './layout.ts';
import { camel, kebab, key, pascal } from './names.ts';
import { jsdoc } from './prose.ts';

const runtime = [
  "import { type ConnectionChanges, changed } from '../runtime/changed.ts';\n",
  "import type { Connection } from '../runtime/connection.ts';\n",
];

const method = `${jsdoc(
  'The same, otherwise: for one tenant, one request of a server, one page of a frontend.',
  'Headers are added to those that are there, and a signal ends its calls beside the one that is there. All else is replaced; `undefined` takes it away.',
)}with(changes: ConnectionChanges): Client;\n`;

const derived = '    with: (changes) => createClient(changed(connection, changes)),\n';

/** `client.ts`: all resources in one object. */
export function clientFile(tags: { name: string; description?: string }[]): string {
  const hides = tags.find(({ name }) => camel(name) === 'with');
  if (hides) throw new Error(`The tag '${hides.name}' would hide \`client.with\``);
  const byFile = tags.toSorted((a, b) => (kebab(a.name) < kebab(b.name) ? -1 : 1));
  const imports = byFile.map(({ name }) => {
    const [create, type] = [`${camel(name)}Client`, `${pascal(name)}Client`];
    return `import { type ${type}, ${create} } from './${kebab(name)}.ts';\n`;
  });
  const fields = tags.map(
    ({ name, description }) =>
      `${jsdoc(description)}readonly ${key(camel(name))}: ${pascal(name)}Client;\n`,
  );
  const entries = tags.map(
    ({ name }) => `    ${key(camel(name))}: ${camel(name)}Client(connection),\n`,
  );
  return [
    `${[...runtime, ...imports].join('')}\n`,
    `/** The whole API. */\nexport interface Client {\n${indented(fields.join('') + method)}}\n\n`,
    '/** The whole API through one connection. Bundles that call little take single functions. */\n',
    `export function createClient(connection: Connection): Client {\n  return {\n${entries.join('')}${derived}  };\n}\n`,
  ].join('');
}
