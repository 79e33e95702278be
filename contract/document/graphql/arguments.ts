import type { GraphQLFieldConfigArgumentMap } from 'graphql';
import { GraphQLInt, GraphQLNonNull } from 'graphql';
import * as z from 'zod';
import type { GraphqlField } from '../../kit/facets/graphql.ts';
import type { Json } from '../../kit/json.ts';
import { hasBody, isPageOperation, type Operation } from '../../kit/operations.ts';
import type { SchemaComponents } from '../components.ts';
import { type Argument, headersOf } from './header-arguments.ts';
import type { InputTypes } from './input-types.ts';
import { capital } from './names.ts';
import type { PlaceOf } from './places.ts';
import type { Place } from './plan.ts';
import { componentOf, descriptionOf, itemOf, propertiesOf } from './shapes.ts';

export interface Arguments {
  readonly args: GraphQLFieldConfigArgumentMap;
  readonly places: Readonly<Record<string, Place>>;
}

export interface ArgumentParts {
  readonly schemas: SchemaComponents;
  readonly components: Readonly<Record<string, Json>>;
  readonly placeOf: PlaceOf;
  readonly inputs: InputTypes;
}

/** What an operation takes, as arguments: the address and the query flat, the body as `input`. */
export function argumentsOf(
  operation: Operation,
  { field, fixed, lists }: GraphqlField,
  parts: ArgumentParts,
): Arguments {
  const all: Argument[] = [
    ...parametersOf('params', operation, { field }, parts),
    ...parametersOf('query', operation, { field, lists }, parts),
    ...bodyOf(operation, { field, fixed }, parts),
    ...headersOf(operation),
  ];
  const names = new Set(all.map(([name]) => name));
  if (names.size < all.length) throw new Error(`Two arguments of ${field} have one name`);
  return {
    args: Object.fromEntries(all.map(([name, , config]) => [name, config])),
    places: Object.fromEntries(all.map(([name, place]) => [name, place])),
  };
}

/** As Relay calls them; the rest of a page's query is asked for by what is selected. */
const pageArguments: Readonly<Record<string, string | undefined>> = {
  limit: 'first',
  cursor: 'after',
  includeTotal: undefined,
  includeCursors: undefined,
};

function parametersOf(
  part: 'params' | 'query',
  operation: Operation,
  { field, lists = {} }: GraphqlField,
  parts: ArgumentParts,
): Argument[] {
  const { schemas, inputs, placeOf } = parts;
  const { pathParams, query } = operation.route;
  const schema = part === 'params' ? pathParams : query;
  if (!(schema instanceof z.ZodType)) return [];
  const isPage = isPageOperation(operation);
  const row = isPage ? rowOf(operation, parts) : '';
  return propertiesOf(schemas.convert(schema, 'input')).flatMap(([name, one, isRequired]) => {
    const isOfPage = part === 'query' && isPage && name in pageArguments;
    const shown = isOfPage ? pageArguments[name] : name;
    if (shown === undefined) return [];
    const words = lists[name];
    const place = placeOf(row, name, one, capital(field) + capital(name));
    const config = inputs.field(place, words ? listOf(words, one) : one, isRequired);
    const type = shown === 'first' ? GraphQLInt : config.type;
    const paging = { first: 'Rows per page.', after: 'An `endCursor`, or a `cursor` of an edge.' };
    const description = isOfPage
      ? (paging[shown as keyof typeof paging] ?? config.description)
      : config.description;
    return [[shown, { part, name }, { ...config, type, description }]];
  });
}

/** What a page lists: what it filters by is a field of that. */
function rowOf({ route }: Operation, { schemas, components }: ArgumentParts): string {
  const page = componentOf(schemas.convert(route.responses[200] as z.ZodType, 'output')) ?? '';
  return componentOf(itemOf(components[page] ?? {}) ?? {}) ?? '';
}

function bodyOf(
  { route }: Operation,
  { field, fixed = {} }: GraphqlField,
  { schemas, components, inputs }: ArgumentParts,
): Argument[] {
  if (!hasBody(route)) return [];
  const schema = schemas.convert(route.body as z.ZodType, 'input');
  const component = componentOf(schema);
  const whole = component ? (components[component] ?? {}) : schema;
  const open = propertiesOf(whole).filter(([name]) => !(name in fixed));
  if (open.length === 0) return [];
  const { required = [] } = whole as { required?: string[] };
  const isCut = Object.keys(fixed).length > 0;
  const given = isCut ? without(whole, fixed) : whole;
  const name = isCut || !component ? capital(field) : component;
  const isRequired = required.some((one) => !(one in fixed));
  const type = inputs.object(name, given);
  const config = {
    type: isRequired ? new GraphQLNonNull(type) : type,
    description: descriptionOf(whole),
  };
  return [['input', { part: 'body' }, config]];
}

function without(schema: Json, fixed: Readonly<Record<string, string>>): Json {
  const {
    properties = {},
    required = [],
    ...rest
  } = schema as {
    properties?: Json;
    required?: string[];
  };
  const kept = Object.entries(properties).filter(([name]) => !(name in fixed));
  return {
    ...rest,
    properties: Object.fromEntries(kept),
    required: required.filter((name) => !(name in fixed)),
  };
}

/** Several words, which HTTP writes as one text: commas stand between them. */
function listOf(words: readonly string[], schema: Json): Json {
  const description = descriptionOf(schema)?.replace(/, separated by commas/, '');
  return { type: 'array', items: { type: 'string', enum: [...words] }, description };
}
