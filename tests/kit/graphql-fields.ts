import { randomUUIDv7 } from 'node:crypto';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
} from 'graphql';
import { planOf } from '../../contract/document/graphql/plan.ts';
import { graphqlSchema } from '../../contract/document/graphql/schema.ts';
import { contract } from '../../contract/index.ts';
import type { Operation } from '../../contract/kit/operations.ts';

export const schema = graphqlSchema(contract);

type Root = 'query' | 'mutation';

/** A field of `Query` or `Mutation`, and the operation that it performs. */
export interface RootField {
  readonly root: Root;
  readonly field: GraphQLField<unknown, unknown>;
  readonly operation: Operation;
}

export const rootFields: readonly RootField[] = [
  ...fieldsOf('query', schema.getQueryType()?.getFields()),
  ...fieldsOf('mutation', schema.getMutationType()?.getFields()),
];

/** For `it.each`: a field is tested from the moment it stands in the contract. */
export const namedFields = rootFields.map((one) => [one.field.name, one] as const);

function fieldsOf(
  root: Root,
  fields: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {},
): RootField[] {
  return Object.values(fields).map((field) => {
    const found = planOf(field.extensions);
    if (found?.kind !== 'operation') throw new Error(`${field.name} performs no operation`);
    return { root, field, operation: found.plan.operation };
  });
}

export interface Document {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Asks for one field, and of its answer for no more than what it is, or the problem that it is. */
export function documentFor(
  { root, field }: Pick<RootField, 'root' | 'field'>,
  variables: Readonly<Record<string, unknown>> = {},
): Document {
  const given = field.args.filter(({ name }) => name in variables);
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`);
  const passed = given.map(({ name }) => `${name}: $${name}`);
  const problem = root === 'mutation' ? '... on Problem { code status detail }' : '';
  const selected = isCompositeType(getNamedType(field.type)) ? `{ __typename ${problem} }` : '';
  const query = `${root} ${inBrackets(declared)} { ${field.name}${inBrackets(passed)} ${selected} }`;
  return { query, variables };
}

const inBrackets = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');

/**
 * What must be given, and the body in full: of the right types, and refused by the schema wherever it
 * says anything about texts. What an address names is valid, and nobody's.
 */
export function refusedArguments({ args }: RootField['field']): Record<string, unknown> {
  const given = args.filter((arg) => isRequiredArgument(arg) || arg.name === 'input');
  return Object.fromEntries(given.map((arg: GraphQLArgument) => [arg.name, refused(arg.type)]));
}

function refused(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return refused(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(fields.map((field) => [field.name, refused(field.type)]));
  }
  return ofScalar[type.name as keyof typeof ofScalar]();
}

const ofScalar = {
  ID: () => randomUUIDv7(),
  String: () => '\0',
  Instant: () => '\0',
  Boolean: () => true,
  Int: () => 1,
  SafeInt: () => 1,
  JSON: () => ({}),
};
