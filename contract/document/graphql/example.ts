import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  print,
} from 'graphql';
import type * as z from 'zod';
import type { Json } from '../../kit/json.ts';
import { hasBody, type Operation } from '../../kit/operations.ts';
import { SchemaComponents } from '../components.ts';
import { sampleOf } from '../sample/sample.ts';
import type { OperationPlan, Place } from './plan.ts';

export interface Example {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export type Root = 'query' | 'mutation';

type Field = GraphQLField<unknown, unknown>;

/** How a field is asked for: with what must be given, and the examples of the contract for it. */
export function exampleOf(root: Root, field: Field, plan: OperationPlan): Example {
  const given = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === 'input');
  const values = new Examples(plan.operation);
  const variables = given.map(({ name, type }) => {
    const value = values.of(plan.places[name], plan.fixed);
    return [name, spelled(type, value)] as const;
  });
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`);
  const passed = given.map(({ name }) => `${name}: $${name}`);
  const text = `${root} ${inBrackets(declared)} { ${field.name}${inBrackets(passed)} ${selectionOf(field.type)} }`;
  return { query: print(parse(text)), variables: Object.fromEntries(variables) };
}

const inBrackets = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');

/** What the contract shows of the input of an operation. */
class Examples {
  readonly #operation: Operation;
  readonly #schemas = new SchemaComponents();

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  of(place: Place | undefined, fixed: OperationPlan['fixed'] = {}): unknown {
    const { route } = this.#operation;
    if (place?.part === 'body') {
      const whole = hasBody(route) ? (this.#sample(route.body) as Json) : {};
      return Object.fromEntries(Object.entries(whole).filter(([name]) => !(name in fixed)));
    }
    if (place?.part === 'header') return place.name === 'if-match' ? '*' : 'a-key-of-yours';
    const schema = place?.part === 'params' ? route.pathParams : route.query;
    return place ? (this.#sample(schema) as Json)[place.name] : undefined;
  }

  #sample(schema: unknown): unknown {
    const json = this.#schemas.convert(schema as z.ZodType, 'input');
    return sampleOf(json, { schemas: this.#schemas.sorted() });
  }
}

/** GraphQL's own spelling of words: an enum has names where the contract has text. */
function spelled(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return spelled(type.ofType, value);
  if (value === null || value === undefined) return value;
  if (isListType(type)) return (value as unknown[]).map((one) => spelled(type.ofType, one));
  if (isEnumType(type)) return type.getValues().find((one) => one.value === value)?.name;
  if (!isInputObjectType(type)) return value;
  const fields = type.getFields();
  const entries = Object.entries(value as Json).flatMap(([name, one]) => {
    const field = fields[name];
    return field ? [[name, spelled(field.type, one)] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** As much as a reader wants to see: plain fields, and one level of what stands below. */
const mostFields = 6;

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  if (isUnionType(named)) {
    const parts = named.getTypes().map((member) => `... on ${member.name} ${plainOf(member)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(named)) return '{ __typename }';
  const { nodes } = named.getFields();
  if (!nodes) return plainOf(named);
  return `{ nodes ${selectionOf(nodes.type)} pageInfo { hasNextPage endCursor } }`;
}

function plainOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '{ __typename }';
  if (named.name === 'Problem') return '{ code detail }';
  const plain = Object.values(named.getFields()).filter((one) =>
    isLeafType(getNamedType(one.type)),
  );
  const names = plain.slice(0, mostFields).map(({ name }) => name);
  return names.length > 0 ? `{ ${names.join(' ')} }` : '{ __typename }';
}
