import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { flatText } from './layout.ts';
import { camel, kebab, schemaName } from './names.ts';
import { addressOf, deprecationOf, sentence } from './operation-prose.ts';
import type { Operation, Parameter } from './operations.ts';
import { codeOf, preambleOf } from './samples.ts';
import { useOf } from './tanstack.ts';
import { componentOf, type JsonSchema, schemaBehind, typeOf } from './types.ts';

export const referenceFolder = 'docs/client';

const head = '<!-- Generated from the contract by `npm run generate`. Do not edit. -->\n\n';

/** The reference of the client: a page for each noun, and one that leads to them. */
export function referenceFiles(
  document: OpenApiDocument,
  nouns: ReadonlyMap<string, readonly Operation[]>,
): Map<string, string> {
  const files = new Map<string, string>();
  for (const [tag, operations] of nouns) {
    files.set(`${referenceFolder}/${kebab(tag)}.md`, head + nounPage(document, tag, operations));
  }
  return files.set(`${referenceFolder}/README.md`, head + indexPage(document, nouns));
}

function proseOf(document: OpenApiDocument, tag: string): string {
  return document.tags.find(({ name }) => name === tag)?.description ?? '';
}

function indexPage(document: OpenApiDocument, nouns: ReadonlyMap<string, readonly Operation[]>) {
  const rows = [...nouns].map(([tag, operations]) => {
    const page = `${kebab(tag)}.md`;
    const links = operations.map(({ verb }) => `[${verb}](${page}#${verb.toLowerCase()})`);
    return row(`[\`${camel(tag)}\`](${page})`, proseOf(document, tag), links.join(', '));
  });
  return [
    '# The client, operation by operation\n\n',
    'What [the client](../../client/README.md) can call: a page for each noun, from the prose of the contract. Each operation has\n',
    'an example, which `npm run check:entries --prefix tests/checks` compiles and runs against the mocks of `@charter/client/msw`.\n\n',
    table(['noun', 'what it is about', 'operations'], rows),
  ].join('');
}

function nounPage(document: OpenApiDocument, tag: string, operations: readonly Operation[]) {
  const samples = operations.map((operation) => codeOf(document, operation));
  const sections = operations.map((operation, at) =>
    sectionOf(document, operation, samples[at]?.code ?? ''),
  );
  return [
    `# ${camel(tag)}\n\n${proseOf(document, tag)}\n\n`,
    `The examples go on from here; [all nouns](README.md).\n\n${fenced(preambleOf(samples))}\n`,
    sections.join('\n'),
  ].join('');
}

function sectionOf(document: OpenApiDocument, operation: Operation, code: string): string {
  const { source, verb } = operation;
  const deprecated = deprecationOf(operation)?.replace('@deprecated', '**Deprecated.**');
  return [
    `## ${verb}\n\n`,
    `**${sentence(source.summary)}** ${source.description}\n\n`,
    deprecated ? `${deprecated}\n\n` : '',
    `${addressOf(operation)}\n\n`,
    `${fenced(`${code}\n`)}\n`,
    inputTable(document, operation),
    `${answerTable(operation)}\n`,
    `${elsewhere(operation)}\n`,
  ].join('');
}

function inputTable(document: OpenApiDocument, { parameters }: Operation): string {
  const rows = parameters.flatMap((parameter) => [
    inputRow(parameter),
    ...bodyRows(document, parameter),
  ]);
  return rows.length > 0 ? `${table(['input', 'type', ''], rows)}\n` : '';
}

function inputRow({ name, schema, description, isRequired }: Parameter): string {
  const prose = description ?? schema.description ?? '';
  return row(`\`${name}${isRequired ? '' : '?'}\``, typeText(schema), prose + fallbackOf(schema));
}

/** The fields of a body, each in a line of its own. */
function bodyRows(document: OpenApiDocument, { name, schema }: Parameter): string[] {
  if (name !== 'body') return [];
  const { properties = {}, required = [] } = schemaBehind(document, schema);
  return Object.entries(properties).map(([field, value]) => {
    const isRequired = required.includes(field);
    return inputRow({
      name: `body.${field}`,
      place: 'body',
      schema: value,
      isRequired,
      description: value.description ?? schemaBehind(document, value).description ?? '',
    });
  });
}

function fallbackOf(schema: JsonSchema): string {
  return schema.default === undefined ? '' : ` ${JSON.stringify(schema.default)} when left out.`;
}

function answerTable({ replies, refusals }: Operation): string {
  const rows = [
    ...replies.map(({ status, schema, streams }) => {
      const content = streams
        ? `bytes: ${streams.map((each) => `\`${each}\``).join(', ')}`
        : 'nothing';
      return row(String(status), schema ? typeText(schema) : content);
    }),
    ...refusals.map(({ status, codes }) =>
      row(String(status), codes.map((code) => `\`${code}\``).join(', ')),
    ),
  ];
  return table(['status', 'body, or codes'], rows);
}

/** The same operation at the other entry points. */
function elsewhere(operation: Operation): string {
  const { name, tag, verb, source } = operation;
  const use = useOf(operation);
  const isPaged = source['x-page'] === true;
  const query = isPaged
    ? `\`${name}Options\` and \`${name}InfiniteOptions\``
    : `\`${name}Options\``;
  const alone = isPaged ? `\`${name}\` and \`${name}All\`` : `\`${name}\``;
  const parts = [
    `Alone: ${alone} of \`@charter/client/${kebab(tag)}\``,
    ...(use ? [`TanStack Query: ${use === 'query' ? query : `\`${name}Mutation\``}`] : []),
    `mocked by \`mock.${camel(tag)}.${verb}\``,
  ];
  return `${parts.join('; ')}.`;
}

function typeText(schema: JsonSchema): string {
  const text = flatText(typeOf(schema)) ?? 'object';
  const named = schema.$ref ? schemaName(componentOf(schema.$ref)) : text;
  return `\`${named}\``;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return `${row(...heads)}${row(...heads.map(() => '---'))}${rows.join('')}`;
}

function row(...cells: readonly string[]): string {
  const texts = cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim());
  return `| ${texts.join(' | ')} |\n`;
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\`\`\`\n`;
}
