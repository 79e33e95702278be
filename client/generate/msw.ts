import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { Examples } from './examples.ts';
import { namesOf } from './functions.ts';
import { camel, kebab, key, literal, pascal } from './names.ts';
import { addressOf, sentence } from './operation-prose.ts';
import { isConditionalRead, type Operation, type Reply } from './operations.ts';
import { jsdoc } from './prose.ts';
import { sayingsFile } from './sayings.ts';
import { schemaBehind } from './types.ts';

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** The files of `@charter/client/msw`: one for all, one for each noun, and what they answer. */
export function mswFiles(
  document: OpenApiDocument,
  nouns: ReadonlyMap<string, readonly Operation[]>,
): Map<string, string> {
  const examples = new Examples(document);
  const files = new Map<string, string>();
  for (const [tag, group] of nouns) {
    const mocked = group.filter(({ method }) => methods.has(method));
    files.set(`msw/${kebab(tag)}`, nounFile(document, tag, mocked, examples));
  }
  files.set('msw/examples', examples.file());
  files.set('msw/sayings', sayingsFile(document));
  files.set('msw', entryFile([...nouns.keys()]));
  return files;
}

function entryFile(tags: readonly string[]): string {
  const byFile = tags.toSorted((a, b) => (kebab(a) < kebab(b) ? -1 : 1));
  const imports = byFile.map((tag) => {
    const names = `type ${pascal(tag)}Mock, ${camel(tag)}Sketches`;
    return `import { ${names} } from './msw/${kebab(tag)}.ts';\n`;
  });
  const fields = tags.map((tag) => `  readonly ${key(camel(tag))}: ${pascal(tag)}Mock<Handler>;\n`);
  const entries = tags.map((tag) => `    ${key(camel(tag))}: mocks.of(${camel(tag)}Sketches),\n`);
  const all = tags.map((tag) => `      ${camel(tag)}Sketches,\n`);
  return [
    "import { type Http, type MockOptions, Mocks } from '../runtime/mock.ts';\n",
    ...imports,
    "import { sayings } from './msw/sayings.ts';\n\n",
    "export type { Http, MockOptions } from '../runtime/mock.ts';\n",
    "export type { Asked, Reply, Said, Says } from '../runtime/mock-replies.ts';\n",
    "export * as examples from './msw/examples.ts';\n\n",
    jsdoc("Handlers of every operation: `mock.users.get({ status: 404, code: 'not_found' })`."),
    'export interface Mock<Handler> {\n',
    '  /** One for each operation, with example data. */\n',
    `  readonly handlers: Handler[];\n${fields.join('')}}\n\n`,
    jsdoc(
      'Stands in for the service, in tests and where a frontend is made before its service runs:',
      "    const mock = createMock(http, { baseUrl: 'http://localhost:3000' });\n    const server = setupServer(...mock.handlers);",
    ),
    'export function createMock<Handler>(http: Http<Handler>, options?: MockOptions): Mock<Handler> {\n',
    '  const mocks = new Mocks(http, sayings, options);\n',
    `  return {\n    handlers: mocks.all([\n${all.join('')}    ]),\n${entries.join('')}  };\n}\n`,
  ].join('');
}

function nounFile(
  document: OpenApiDocument,
  tag: string,
  operations: readonly Operation[],
  examples: Examples,
): string {
  const types = operations.flatMap((operation) => [inputOf(operation), answerOf(operation)]);
  const lines = types.toSorted().map((name) => `  ${name},\n`);
  const sketches = operations.map(
    (operation) => `  ${key(operation.verb)}: ${sketchOf(document, operation, examples)},\n`,
  );
  const methodsText = operations.map(methodOf).join('');
  const usesExamples = sketches.some((text) => text.includes('examples.'));
  return [
    "import type { Sketches } from '../../runtime/mock.ts';\n",
    operations.length > 0 ? "import type { Reply } from '../../runtime/mock-replies.ts';\n" : '',
    lines.length > 0 ? `import type {\n${lines.join('')}} from '../${kebab(tag)}.ts';\n` : '',
    usesExamples ? "import * as examples from './examples.ts';\n" : '',
    `\n${jsdoc(`Handlers of \`${tag}\`.`)}`,
    `export interface ${pascal(tag)}Mock<Handler> {\n${methodsText}}\n\n`,
    `export const ${camel(tag)}Sketches: Sketches = {\n${sketches.join('')}};\n`,
  ].join('');
}

function methodOf(operation: Operation): string {
  const comment = jsdoc(sentence(operation.source.summary), addressOf(operation));
  const reply = `Reply<${inputOf(operation)}, ${answerOf(operation)}>`;
  const text = `${comment}${key(operation.verb)}(reply?: ${reply}): Handler;\n`;
  return text.replace(/^(?=.)/gm, '  ');
}

/** Those that know 304, too. */
function inputOf(operation: Operation): string {
  const { input, ifChanged } = namesOf(operation);
  return isConditionalRead(operation) ? `${ifChanged}Input` : input;
}

function answerOf(operation: Operation): string {
  const { answer, ifChanged } = namesOf(operation);
  return isConditionalRead(operation) ? `${ifChanged}Answer` : answer;
}

function sketchOf(document: OpenApiDocument, operation: Operation, examples: Examples): string {
  const { method, path, parameters, replies, verb } = operation;
  // A name that every object has: TypeScript does not look into the record for what it is.
  const constant = verb in {} ? ' as const' : '';
  const reply = replies.find(({ status }) => status < 400) ?? { status: 204 };
  const headers = parameters.flatMap(({ name, header }) =>
    header ? [`${key(name)}: ${literal(header)}`] : [],
  );
  const reads = parameters.flatMap(({ name, place, schema }) => {
    const kind = place === 'query' ? kindOf(document, schema) : undefined;
    return kind ? [`${key(name)}: ${literal(kind)}`] : [];
  });
  const address = path.replaceAll(
    /\{(.+?)\}/g,
    (_, name: string) => `:${name.replaceAll(/\W/g, '_')}`,
  );
  const lines = [
    `method: ${literal(method.toLowerCase())}${constant}`,
    `path: ${literal(address)}`,
    ...(headers.length > 0 ? [`headers: { ${headers.join(', ')} }`] : []),
    ...(reads.length > 0 ? [`reads: { ${reads.join(', ')} }`] : []),
    `status: ${reply.status}`,
    ...contentOf(operation, reply, examples),
  ];
  return `{\n${lines.map((line) => `    ${line},\n`).join('')}  }`;
}

function contentOf({ source }: Operation, reply: Reply, examples: Examples): string[] {
  const [type] = reply.streams ?? [];
  if (type) return [`type: ${literal(type)}`, `examples: [${examples.bytes(type)}]`];
  const given = examples.of(source, reply.status);
  return given.length > 0 ? [`examples: [${given.join(', ')}]`] : [];
}

function kindOf(document: OpenApiDocument, schema: Operation['parameters'][number]['schema']) {
  const { type } = schemaBehind(document, schema);
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return 'list';
  return type === 'boolean' ? 'boolean' : undefined;
}
