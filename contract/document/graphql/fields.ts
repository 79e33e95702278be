import {
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
} from 'graphql';
import * as z from 'zod';
import { deprecationProse } from '../../kit/facets/deprecated.ts';
import type { GraphqlField } from '../../kit/facets/graphql.ts';
import type { Json } from '../../kit/json.ts';
import { isPageOperation, type Operation } from '../../kit/operations.ts';
import type { SchemaComponents } from '../components.ts';
import { argumentsOf } from './arguments.ts';
import type { Connections } from './connections.ts';
import { authOf } from './directives.ts';
import type { InputTypes } from './input-types.ts';
import { capital } from './names.ts';
import type { OutputTypes } from './output-types.ts';
import type { PlaceOf } from './places.ts';
import { type FieldPlan, type OperationPlan, planned } from './plan.ts';
import { resultsOf } from './results.ts';
import { componentOf, itemOf, propertiesOf } from './shapes.ts';

export interface FieldParts {
  readonly schemas: SchemaComponents;
  readonly components: Readonly<Record<string, Json>>;
  readonly placeOf: PlaceOf;
  readonly inputs: InputTypes;
  readonly outputs: OutputTypes;
  readonly connections: Connections;
  /** What resolves a field; nothing, where the schema is only to be read. */
  readonly resolverOf: ResolverOf | undefined;
}

/** The resolver of a field with this plan; of one that is live, what it is told by. */
export type ResolverOf = (plan: FieldPlan) => GraphQLFieldResolver<unknown, unknown>;

export type Field = GraphQLFieldConfig<unknown, unknown>;

/** Something to read. What stands in its way is an error of the answer, and the field is null. */
export function queryField(operation: Operation, declared: GraphqlField, parts: FieldParts): Field {
  const { type, answer } = answerOf(operation, declared, parts);
  return fieldOf(operation, declared, { type, answer, results: undefined }, parts);
}

/** Something to do. What stands in its way is one of its results. */
export function mutationField(
  operation: Operation,
  declared: GraphqlField,
  parts: FieldParts,
): Field {
  const { type, results } = resultsOf(operation, declared, parts);
  return fieldOf(operation, declared, { type, answer: 'one', results }, parts);
}

/** Something to follow. What ends it is the end of its answers. */
export function liveField(
  operation: Operation,
  declared: GraphqlField,
  event: GraphQLOutputType,
  { resolverOf, ...parts }: FieldParts,
): Field {
  const { args, places } = argumentsOf(operation, declared, parts);
  const plan: FieldPlan = { kind: 'live', plan: { operation, places, fixed: declared.fixed } };
  return {
    type: new GraphQLNonNull(event),
    args,
    ...(resolverOf && { subscribe: resolverOf(plan), resolve: (told) => told }),
    ...toldOf(operation, plan),
  };
}

interface Answered extends Pick<OperationPlan, 'answer' | 'results'> {
  readonly type: GraphQLOutputType;
}

function fieldOf(
  operation: Operation,
  declared: GraphqlField,
  { type, ...answered }: Answered,
  parts: FieldParts,
): Field {
  const { args, places } = argumentsOf(operation, declared, parts);
  const plan: FieldPlan = {
    kind: 'operation',
    plan: { operation, places, fixed: declared.fixed, ...answered },
  };
  return {
    type,
    args,
    ...(parts.resolverOf && { resolve: parts.resolverOf(plan) }),
    ...toldOf(operation, plan),
  };
}

function toldOf({ route, access, deprecation }: Operation, plan: FieldPlan) {
  return {
    ...(deprecation && { deprecationReason: deprecationProse(deprecation) }),
    description: `${route.summary}. ${route.description}`,
    extensions: { ...planned(plan), directives: { auth: authOf(access) } },
  };
}

function answerOf(
  operation: Operation,
  { field }: GraphqlField,
  { schemas, components, outputs, connections }: FieldParts,
): { type: GraphQLOutputType; answer: OperationPlan['answer'] } {
  const schema = operation.route.responses[200];
  if (!(schema instanceof z.ZodType)) throw new Error(`${operation.name} answers 200 without JSON`);
  const converted = schemas.convert(schema, 'output');
  const component = componentOf(converted);
  const whole = component ? (components[component] ?? {}) : converted;
  const item = itemOf(whole);
  if (item && isPageOperation(operation)) {
    return { type: connections.of(outputs.of(item, capital(field))), answer: 'page' };
  }
  const isList = item && propertiesOf(whole).length === 1;
  if (!isList) return { type: outputs.of(converted, capital(field)), answer: 'one' };
  return {
    type: new GraphQLList(new GraphQLNonNull(outputs.of(item, capital(field)))),
    answer: 'items',
  };
}
