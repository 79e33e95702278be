import { isInputRequired, namesOf } from './functions.ts';
import { fitting } from './layout.ts';
import { camel, kebab, literal } from './names.ts';
import { addressOf, deprecationOf, sentence } from './operation-prose.ts';
import { condition, type Operation } from './operations.ts';
import { jsdoc } from './prose.ts';

/** What TanStack Query can do with an operation. */
type Use = 'query' | 'mutation';

/**
 * What reads JSON is a query; everything else happens once, for whoever asks: it is a mutation. So are
 * bytes, which stream to one reader only. What never ends, or leads a browser elsewhere, is neither.
 */
export function useOf({ method, source, replies }: Operation): Use | undefined {
  if (source['x-live']) return undefined;
  if (method !== 'GET') return 'mutation';
  const reads = replies.filter(({ status }) => status < 300);
  if (reads.some(({ streams }) => streams)) return 'mutation';
  return reads.some(({ schema }) => schema) ? 'query' : undefined;
}

/** `tanstack.ts`: the keys of everything, and each noun. */
export function tanstackFile(tags: readonly string[]): string {
  const nouns = tags.map(kebab).toSorted();
  return [
    ...nouns.map((noun) => `export * from './tanstack/${noun}.ts';\n`),
    "export type {\n  Cursor,\n  FailureOf,\n  Key,\n  Mutation,\n  Pages,\n  Query,\n} from '../runtime/queries.ts';\n",
    "export { invalidateNouns } from '../runtime/queries.ts';\n",
    "import { type Key, keyOf } from '../runtime/queries.ts';\n\n",
    jsdoc('Everything that was ever asked of the service: for `invalidateQueries` and the like.'),
    'export const everyKey: Key = keyOf();\n',
  ].join('');
}

/** `tanstack/users.ts`: options for each operation of a noun. */
export function tanstackNounFile(tag: string, operations: readonly Operation[]): string {
  const used = operations.filter((operation) => useOf(operation));
  const noun = `${jsdoc(`Everything that was asked of \`${tag}\`.`)}export const ${camel(tag)}Key: Key = keyOf(${literal(tag)});\n`;
  return [imports(tag, used), noun, ...used.map(optionsOf)].join('\n');
}

function imports(tag: string, operations: readonly Operation[]): string {
  const given = operations.flatMap((operation) => {
    const { input, answer } = namesOf(operation);
    return [`type ${answer}`, ...(takesInput(operation) ? [`type ${input}`] : [])];
  });
  const own = [...given, ...operations.map(({ name }) => name)].toSorted(byName);
  const uses = operations.map(useOf);
  const kinds = [
    ...(uses.includes('mutation') ? ['type Mutation', 'mutation'] : []),
    ...(operations.some(isPaged) ? ['type Pages', 'pages'] : []),
    ...(uses.includes('query') ? ['type Query', 'query'] : []),
  ];
  const runtime = ['type Key', 'keyOf', ...kinds].toSorted(byName);
  return [
    operations.length > 0 ? "import type { Connection } from '../../runtime/connection.ts';\n" : '',
    importOf(runtime, '../../runtime/queries.ts'),
    operations.length > 0 ? importOf(own, `../${kebab(tag)}.ts`) : '',
  ].join('');
}

function byName(one: string, other: string): number {
  const [a, b] = [one, other].map((each) => each.replace('type ', ''));
  return (a as string) < (b as string) ? -1 : 1;
}

function importOf(names: readonly string[], from: string): string {
  const lines = names.map((name) => `  ${name},\n`).join('');
  return fitting(
    `import { ${names.join(', ')} } from '${from}';\n`,
    `import {\n${lines}} from '${from}';\n`,
  );
}

/** Whether it changed is no question for a cache: it has the answer anyway. */
function takesInput({ parameters }: Operation): boolean {
  return parameters.some(({ name }) => name !== condition);
}

function isPaged({ source }: Operation): boolean {
  return source['x-page'] === true;
}

function optionsOf(operation: Operation): string {
  if (useOf(operation) === 'mutation') return mutationText(operation);
  const texts = [keyText(operation), queryText(operation, 'query')];
  return [...texts, ...(isPaged(operation) ? [queryText(operation, 'pages')] : [])].join('\n');
}

function keyText(operation: Operation): string {
  const { name } = operation;
  const { input } = namesOf(operation);
  const takes = takesInput(operation);
  const prose = `What the keys of \`${name}Options\` begin with${takes ? '; without an input, whatever it was asked' : ''}.`;
  const parameter = takes ? `input?: Partial<${input}>` : '';
  const call = `keyOf(${wordsOf(operation)}${takes ? ', input' : ''})`;
  return `${jsdoc(prose)}export function ${name}Key(${parameter}): Key {\n  return ${call};\n}\n`;
}

function queryText(operation: Operation, kind: 'query' | 'pages'): string {
  const { name } = operation;
  const { input, answer } = namesOf(operation);
  const [suffix, type] = kind === 'query' ? ['Options', 'Query'] : ['InfiniteOptions', 'Pages'];
  const parameter = isInputRequired(operation) ? `input: ${input}` : `input: ${input} = {}`;
  const parameters = ['connection: Connection', ...(takesInput(operation) ? [parameter] : [])];
  const given = takesInput(operation) ? 'input' : '{}';
  const words = `[${wordsOf(operation)}]`;
  return functionText(operation, {
    head: [`${name}${suffix}`, parameters, `${type}<${answer}>`],
    call: `${kind}(${words}, ${name}, connection, ${given})`,
    prose: kind === 'pages' ? 'Page by page, for infinite queries.' : undefined,
  });
}

function mutationText(operation: Operation): string {
  const { name } = operation;
  const { input, answer } = namesOf(operation);
  const optional = isInputRequired(operation) ? input : `${input} | void`;
  const variables = takesInput(operation) ? optional : 'void';
  return functionText(operation, {
    head: [`${name}Mutation`, ['connection: Connection'], `Mutation<${variables}, ${answer}>`],
    call: `mutation([${wordsOf(operation)}], ${name}, connection${invalidated(operation)})`,
    prose: undefined,
  });
}

/** What else than its noun. Whoever signs in or out is somebody else: nothing that was seen is theirs. */
function invalidated({ method, source }: Operation): string {
  if (source['x-credentials']) return ', [keyOf()]';
  return method === 'GET' ? ', []' : '';
}

interface Written {
  readonly head: readonly [name: string, parameters: readonly string[], result: string];
  readonly call: string;
  readonly prose: string | undefined;
}

function functionText(operation: Operation, { head, call, prose }: Written): string {
  const [name, parameters, result] = head;
  const comment = jsdoc(
    sentence(operation.source.summary),
    prose,
    addressOf(operation),
    deprecationOf(operation),
  );
  const lines = parameters.map((each) => `  ${each},\n`).join('');
  return (
    comment +
    fitting(
      `export function ${name}(${parameters.join(', ')}): ${result} {\n`,
      `export function ${name}(\n${lines}): ${result} {\n`,
    ) +
    `  return ${call};\n}\n`
  );
}

function wordsOf({ tag, verb }: Operation): string {
  return `${literal(tag)}, ${literal(verb)}`;
}
