import {
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  isUnionType,
} from 'graphql';
import * as z from 'zod';
import type { GraphqlField } from '../../kit/facets/graphql.ts';
import type { Json } from '../../kit/json.ts';
import type { Operation } from '../../kit/operations.ts';
import type { SchemaComponents } from '../components.ts';
import { capital } from './names.ts';
import type { OutputTypes } from './output-types.ts';
import type { Result } from './plan.ts';
import { componentOf } from './shapes.ts';

/** What is answered where HTTP answers 204: that it was done. */
const Done = new GraphQLObjectType({
  name: 'Done',
  description: 'It was done, and there is nothing more to say.',
  fields: { operation: { type: new GraphQLNonNull(GraphQLString), description: 'What was done.' } },
});

interface ResultParts {
  readonly schemas: SchemaComponents;
  readonly components: Readonly<Record<string, Json>>;
  readonly outputs: OutputTypes;
}

/** What a mutation answers: one of its successes, or the problem that stands in its way. */
export function resultsOf(
  { route, name }: Operation,
  { field, fixed = {} }: GraphqlField,
  { schemas, components, outputs }: ResultParts,
) {
  const successes = Object.entries(route.responses).flatMap(([status, schema]) => {
    if (Number(status) >= 300) return [];
    if (!(schema instanceof z.ZodType)) return [{ status: Number(status), type: Done }];
    const component = componentOf(schemas.convert(schema, 'output'));
    if (!component) throw new Error(`${name} answers ${status} without a name for it`);
    const whole = components[component] ?? {};
    return [{ status: Number(status), type: outputs.named(chosenOf(whole, fixed) ?? component) }];
  });
  const problem = outputs.named('Problem') as GraphQLObjectType;
  const union = new GraphQLUnionType({
    name: `${capital(field)}Result`,
    types: () => {
      const members = successes.flatMap(({ type }) =>
        isUnionType(type) ? type.getTypes() : [type],
      );
      return [...new Set([...members, problem])];
    },
  });
  const results = new Map<number, Result>(
    successes.map(({ status, type }) => [status, (body) => typeNameOf(type, body)]),
  );
  // Null where we fail: a field that may not be null would take with it what others have done.
  return { type: union, results };
}

/** The only member of a union that is left where what tells its members apart is no choice here. */
function chosenOf({ discriminator }: Json, fixed: Readonly<Record<string, string>>) {
  const { propertyName = '', mapping = {} } = (discriminator ?? {}) as {
    propertyName?: string;
    mapping?: Record<string, string>;
  };
  const $ref = mapping[fixed[propertyName] ?? ''];
  return $ref === undefined ? undefined : componentOf({ $ref });
}

function typeNameOf(type: GraphQLObjectType | GraphQLUnionType, body: unknown): string | undefined {
  if (!isUnionType(type)) return type.name;
  const resolve = type.resolveType as unknown as (body: unknown) => string | undefined;
  return resolve(body);
}
