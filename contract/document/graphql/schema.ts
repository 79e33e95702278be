import {
  type GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';
import type { AppRouter } from '../../kit/api.ts';
import type { GraphqlBatch, GraphqlField } from '../../kit/facets/graphql.ts';
import { type Operation, operationsOf } from '../../kit/operations.ts';
import { Problem } from '../../kit/problems.ts';
import { SchemaComponents } from '../components.ts';
import { Connections } from './connections.ts';
import { convertAll } from './convert-all.ts';
import { auth } from './directives.ts';
import { eventTypes } from './event-types.ts';
import {
  type Field,
  type FieldParts,
  liveField,
  mutationField,
  queryField,
  type ResolverOf,
} from './fields.ts';
import { InputTypes } from './input-types.ts';
import { OutputTypes } from './output-types.ts';
import { placesIn } from './places.ts';
import { type Relations, relationsOf } from './relations.ts';
import { SimpleTypes } from './simple-types.ts';

/**
 * The contract as a GraphQL schema: a field for each operation that declares one, types of the same
 * schemas that the OpenAPI document shows. Each field carries the plan of its operation (`plan.ts`); what
 * resolves it is made of that.
 * @throws at start, where two things have one name, or a relation leads nowhere.
 */
export function graphqlSchema(contract: AppRouter, resolverOf?: ResolverOf): GraphQLSchema {
  const operations = operationsOf(contract);
  const offered = operations.filter(({ graphql }) => graphql !== undefined);
  const schemas = new SchemaComponents();
  schemas.convert(Problem, 'output');
  convertAll(offered, schemas);
  const components = schemas.sorted();
  const known = { components, simple: new SimpleTypes(), placeOf: placesIn(components) };
  let relations: Relations = () => ({});
  const tagged = taggedIn(offered, components);
  const outputs = new OutputTypes({
    ...known,
    more: (type) => ({ ...(tagged.has(type) && { etag }), ...relations(type) }),
  });
  const parts: FieldParts = {
    schemas,
    ...known,
    outputs,
    inputs: new InputTypes(known),
    connections: new Connections(),
    resolverOf,
  };
  const batches = offered.flatMap((operation) => {
    const { graphql } = operation;
    return graphql && 'loads' in graphql ? [[operation, graphql] as [Operation, GraphqlBatch]] : [];
  });
  relations = relationsOf(batches, parts);
  const { event, kinds } = eventTypes({ ...known, outputs });
  const isAnyLive = offered.some(({ isLive }) => isLive);
  const rootType = (name: Root) =>
    new GraphQLObjectType({ name, fields: fieldsIn(offered, name, { ...parts, event }) });
  return new GraphQLSchema({
    query: rootType('Query'),
    mutation: rootType('Mutation'),
    ...(isAnyLive && { subscription: rootType('Subscription'), types: [...kinds] }),
    directives: [...specifiedDirectives, auth],
  });
}

type Root = 'Query' | 'Mutation' | 'Subscription';

interface RootParts extends FieldParts {
  readonly event: GraphQLInterfaceType;
}

function fieldsIn(operations: readonly Operation[], root: Root, parts: RootParts) {
  const fields = operations.flatMap((operation) => {
    const declared = operation.graphql;
    if (!declared || !('field' in declared) || rootOf(operation) !== root) return [];
    return [[declared.field, fieldFor(root, operation, declared, parts)] as const];
  });
  const names = new Set(fields.map(([name]) => name));
  if (names.size < fields.length) throw new Error(`Two operations are one field of ${root}`);
  return Object.fromEntries(fields);
}

function fieldFor(
  root: Root,
  operation: Operation,
  declared: GraphqlField,
  parts: RootParts,
): Field {
  if (root === 'Query') return queryField(operation, declared, parts);
  if (root === 'Mutation') return mutationField(operation, declared, parts);
  return liveField(operation, declared, parts.event, parts);
}

/** What is live is subscribed to. */
function rootOf({ route, isLive }: Operation): Root {
  if (isLive) return 'Subscription';
  return route.method === 'GET' ? 'Query' : 'Mutation';
}

const etag = {
  type: GraphQLString,
  description: 'Which state this is, for `ifMatch`; only where the thing was asked for by itself.',
};

/** The types of what may be changed on a condition. */
function taggedIn(operations: readonly Operation[], components: Record<string, unknown>) {
  const schemas = new SchemaComponents();
  const names = operations.flatMap(({ conditional }) => {
    if (!conditional?.represented) return [];
    const { $ref = '' } = schemas.convert(conditional.represented, 'output') as { $ref?: string };
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    const { oneOf = [] } = (components[name] ?? {}) as { oneOf?: { $ref: string }[] };
    return [name, ...oneOf.map((member) => member.$ref.slice(member.$ref.lastIndexOf('/') + 1))];
  });
  return new Set(names);
}
