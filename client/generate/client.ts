import { camel, kebab, key, pascal } from './names.ts';
import { jsdoc } from './prose.ts';

/** `client.ts`: all resources in one object. */
export function clientFile(tags: { name: string; description?: string }[]): string {
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
    `${["import type { Connection } from '../runtime/connection.ts';\n", ...imports].join('')}\n`,
    `/** The whole API. */\nexport interface Client {\n${fields.join('').replace(/^/gm, '  ').trimEnd()}\n}\n\n`,
    '/** The whole API through one connection. Bundles that call little take single functions. */\n',
    `export function createClient(connection: Connection): Client {\n  return {\n${entries.join('')}  };\n}\n`,
  ].join('');
}
