import { namesOf } from '../../../client/generate/functions.ts';
import { camel, kebab } from '../../../client/generate/names.ts';
import { type Operation, operationsOf } from '../../../client/generate/operations.ts';
import type { OpenApiDocument } from '../../../contract/document/openapi.ts';

const head = `
import { type AnyAnswer, type BodyOf, type Client, type Connection, createClient, unwrap } from '@charter/client';

declare const connection: Connection;
const client: Client = createClient(connection);

/** The same, with undefined wherever a property may be left out. */
type Loose<Input> = Input extends readonly unknown[] | ((...given: never[]) => unknown)
  ? Input
  : Input extends object
    ? { [Key in keyof Input]: Loose<Input[Key]> | (object extends Pick<Input, Key> ? undefined : never) }
    : Input;
declare function loose<Input>(): Loose<Input>;
`;

/** A consumer that calls every function of the client: alone, and as a method. */
export function callsOfAll(document: OpenApiDocument): string {
  const operations = operationsOf(document);
  const tags = [...Map.groupBy(operations, ({ tag }) => tag)];
  return [head, ...tags.map(([tag, group]) => callsOfTag(tag, group))].join('\n');
}

function callsOfTag(tag: string, operations: Operation[]): string {
  const factory = `${camel(tag)}Client`;
  const names = operations.flatMap(({ name, source }) =>
    source['x-page'] ? [name, `${name}All`] : [name],
  );
  const types = operations.flatMap((operation) => {
    const { input, answer } = namesOf(operation);
    return [`type ${input}`, `type ${answer}`];
  });
  const imports = [factory, ...names, ...types].join(', ');
  return [
    `import { ${imports} } from '@charter/client/${kebab(tag)}';`,
    `export const own_${camel(tag)}: (typeof client)['${camel(tag)}'] = ${factory}(connection);`,
    ...operations.map((operation) => callsOf(operation)),
  ].join('\n');
}

function callsOf(operation: Operation): string {
  const { name, verb, tag, source } = operation;
  const { input, answer } = namesOf(operation);
  const method = `client.${camel(tag)}.${verb}`;
  const paged = `
  for await (const item of ${name}All(connection, loose<${input}>())) items.push(item);
  for await (const item of ${method}All(loose<${input}>(), {})) items.push(item);`;
  return `
export async function call_${name}(items: unknown[]): Promise<BodyOf<${answer}>> {
  const alone: ${answer} = await ${name}(connection, loose<${input}>(), { signal: undefined });
  const one: AnyAnswer = alone;
  items.push(one.headers.get('etag'), one.problem?.code);${source['x-page'] ? paged : ''}
  return unwrap(${method}(loose<${input}>(), { timeoutMs: undefined }));
}`;
}
