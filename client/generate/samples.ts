import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { sampleOf } from '../../contract/document/sample/sample.ts';
import { isInputRequired } from './functions.ts';
import { camel, key, schemaName } from './names.ts';
import type { Operation, Parameter } from './operations.ts';
import { componentOf, type JsonSchema, schemaBehind } from './types.ts';
import { valueText } from './values.ts';

/** What somebody writes who calls an operation. */
export interface Sample {
  readonly code: string;
  /** What it needs of the client, by entry point. */
  readonly imports: readonly (readonly [name: string, from: string])[];
}

const entry = '@charter/client';
const connected = [
  ['bearer', entry],
  ['createClient', entry],
] as const;

export function codeOf(document: OpenApiDocument, operation: Operation): Sample {
  const { source, tag, verb, replies } = operation;
  if (source['x-live']) return liveSample;
  const method = `client.${camel(tag)}.${verb}`;
  const input = inputText(document, operation);
  const plain = { imports: connected };
  if (source['x-page']) {
    return {
      ...plain,
      code: `for await (const item of ${method}All(${input})) console.log(item);`,
    };
  }
  const call = `${method}(${input})`;
  const reply = replies.find(({ status }) => status < 300);
  if (!reply) {
    const code = `const { status, headers } = await ${call};\nconsole.log(status, headers.get('location'));`;
    return { ...plain, code };
  }
  if (reply.streams) {
    const code = `const answer = await ${call};\nif (answer.ok) console.log(await new Response(answer.body).blob());`;
    return { ...plain, code };
  }
  const imports = [...connected, ['unwrap', entry] as const];
  const unwrapped = `await unwrap(${call});`;
  if (!reply.schema) return { imports, code: unwrapped };
  const { $ref } = reply.schema;
  const name = $ref ? camel(schemaName(componentOf($ref))) : 'body';
  return { imports, code: `const ${name} = ${unwrapped}\nconsole.log(${name});` };
}

const liveSample: Sample = {
  imports: [
    ['bearer', entry],
    ['eventStream', `${entry}/events`],
  ],
  code: 'for await (const event of eventStream(connection)) {\n  console.log(event.type);\n  break;\n}',
};

/** The least that may be sent, from the contract's own examples. */
function inputText(document: OpenApiDocument, operation: Operation): string {
  const needed = operation.parameters.filter(({ isRequired }) => isRequired);
  if (!isInputRequired(operation)) return '';
  const fields = needed.map((each) => `${key(each.name)}: ${textOf(document, operation, each)}`);
  const flat = `{ ${fields.join(', ')} }`;
  if (flat.length <= 60 && !flat.includes('\n')) return flat;
  return `{\n${fields.map((field) => `  ${field},\n`).join('')}}`;
}

function textOf(document: OpenApiDocument, operation: Operation, parameter: Parameter): string {
  if (parameter.name === 'body') return bodyText(document, operation, parameter);
  return valueText(exampleOf(document, parameter.schema), '  ');
}

function bodyText(document: OpenApiDocument, operation: Operation, { schema }: Parameter): string {
  const { content = {} } = operation.source.requestBody ?? {};
  const [media] = Object.values(content) as { example?: unknown }[];
  const example = media?.example ?? exampleOf(document, schema);
  if (!operation.uploads) return valueText(example, '  ');
  const { properties = {} } = schemaBehind(document, schema);
  const fields = Object.entries(example as object).map(([name, value]) => {
    const isFile = properties[name]?.format === 'binary';
    return `${key(name)}: ${isFile ? "new Blob([picture], { type: 'image/png' })" : valueText(value)}`;
  });
  return `{ ${fields.join(', ')} }`;
}

function exampleOf(document: OpenApiDocument, schema: JsonSchema): unknown {
  const { schemas } = document.components;
  return sampleOf(schema as Record<string, unknown>, { schemas });
}

/** What the samples of a page stand on. */
export function preambleOf(samples: readonly Sample[]): string {
  const wanted = samples.flatMap(({ imports }) => imports);
  const froms = [...new Set(wanted.map(([, from]) => from))].toSorted();
  const lines = froms.map((from) => {
    const names = new Set(wanted.flatMap(([name, of]) => (of === from ? [name] : [])));
    return `import { ${[...names].toSorted().join(', ')} } from '${from}';\n`;
  });
  const text = samples.map(({ code }) => code).join('\n');
  const connection = "{ baseUrl: 'https://api.example.com', credentials: bearer() }";
  return [
    `${lines.join('')}\n`,
    text.includes('client.') ? `const client = createClient(${connection});\n` : '',
    text.includes('(connection)') ? `const connection = ${connection};\n` : '',
    text.includes('[picture]')
      ? "const picture = await (await fetch('https://app.example.com/ada.png')).bytes();\n"
      : '',
  ].join('');
}
