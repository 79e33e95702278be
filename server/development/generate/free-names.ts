import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotGenerate } from './cannot-generate.ts';
import { clashOf } from './clash.ts';
import type { Names } from './names.ts';

/** Words that JavaScript keeps to itself, and those that routers and services already have. */
const reserved = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else ' +
    'enum eval export extends false finally for function if implements import in instanceof ' +
    'interface let new null of package private protected public return static super switch this ' +
    'throw true try typeof undefined var void while with yield ' +
    'access actor before body change changed changes contract db handlers headers id list name names ' +
    'page params platform problem query response row rows status table tags tx version'
  ).split(' '),
);

/** What TypeScript has, and what every file of the client imports. */
const types = new Set(
  (
    'Awaited Exclude Extract NonNullable Omit Parameters Partial Pick Readonly Record Required ' +
    'AnswerHeaders CallOptions Connection NotModified Refused'
  ).split(' '),
);

/** Refuses a noun that is taken, or that would be taken for something else. */
export function assertFree(root: string, names: Names): void {
  const { path, plural, one, One, Plural, table } = names;
  for (const word of [plural, one]) {
    if (reserved.has(word)) throw taken(`${word} is a word that code cannot call this by`);
  }
  for (const word of [One, Plural]) {
    if (word in globalThis) throw taken(`${word} is something that JavaScript has already`);
    if (types.has(word)) throw taken(`${word} is a type that code has already`);
  }
  const clash = clashOf(names);
  if (clash) throw taken(`${clash} would mean two things in what is written`);
  for (const place of [
    ...[`contract/${path}.ts`, `contract/${path}`, `server/features/${path}`],
    `client/generated/${path}.ts`,
  ]) {
    if (existsSync(join(root, place))) throw taken(`There is a ${place} already`);
  }
  const index = readFileSync(join(root, 'contract/index.ts'), 'utf8');
  if (new RegExp(`^  ${plural}[,:]`, 'm').test(index)) {
    throw taken(`The contract has ${plural} already`);
  }
  assertNoTable(root, table);
  assertNoShape(root, [One, `New${One}`, `${One}Changes`, `${One}Page`]);
  assertNoneInGraphql(root, names);
}

function assertNoTable(root: string, table: string): void {
  const made = new RegExp(`createTable\\(\\s*'${table}'|create table (if not exists )?${table}\\b`);
  const found = readdirSync(join(root, 'migrations')).find((name) =>
    made.test(readFileSync(join(root, 'migrations', name), 'utf8')),
  );
  if (found) throw taken(`migrations/${found} makes a table ${table} already`);
}

/** The document has each shape once. */
function assertNoShape(root: string, shapes: readonly string[]): void {
  const document = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as {
    components: { schemas: object };
  };
  const found = shapes.find((shape) => shape in document.components.schemas);
  if (found) throw taken(`The API has a shape ${found} already`);
}

/** What its operations become there: fields of `Query` and `Mutation`, and the types that these bring. */
function assertNoneInGraphql(root: string, { plural, one, One, Plural }: Names): void {
  const schema = readFileSync(join(root, 'docs/schema.graphql'), 'utf8');
  const [query = '', mutation = ''] = ['Query', 'Mutation'].map(
    (name) => new RegExp(`^type ${name} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(schema)?.[1],
  );
  const verbs = ['create', 'update', 'remove'].map((verb) => verb + One);
  const isIn = (fields: string, name: string) => new RegExp(`^  ${name}[(:]`, 'm').test(fields);
  const field =
    [plural, one].find((name) => isIn(query, name)) ?? verbs.find((name) => isIn(mutation, name));
  if (field) throw taken(`GraphQL has a field ${field} already`);
  const types = [One, `${One}Connection`, `${One}Edge`, `${Plural}Sort`];
  const type = types.find((name) =>
    new RegExp(`^(type|union|enum|input|interface|scalar) ${name}\\b`, 'm').test(schema),
  );
  if (type) throw taken(`GraphQL has a type ${type} already`);
}

function taken(why: string): CannotGenerate {
  return new CannotGenerate(`${why}. Choose another noun.`);
}
