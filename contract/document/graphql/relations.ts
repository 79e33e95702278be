import { GraphQLList, GraphQLNonNull } from 'graphql';
import type * as z from 'zod';
import type { GraphqlBatch, Relation } from '../../kit/facets/graphql.ts';
import type { Operation } from '../../kit/operations.ts';
import { authOf } from './directives.ts';
import type { Field, FieldParts } from './fields.ts';
import { type FieldPlan, planned } from './plan.ts';
import { componentOf, itemOf, propertiesOf } from './shapes.ts';

/** Fields that a batch brings to other types, by the name of the type. */
export function relationsOf(
  batches: readonly (readonly [Operation, GraphqlBatch])[],
  parts: Parts,
) {
  const all = batches.flatMap(([operation, { loads }]) =>
    loads.into.map((relation) => ({ operation, loads, relation })),
  );
  assertKnown(all, parts);
  return (type: string): Record<string, Field> =>
    Object.fromEntries(
      all
        .filter(({ relation }) => relation.type === type)
        .map(({ operation, loads, relation }) => [
          relation.field,
          relationField(operation, loads, relation, parts),
        ]),
    );
}

type Parts = Omit<FieldParts, 'inputs' | 'connections'>;

function relationField(
  operation: Operation,
  loads: GraphqlBatch['loads'],
  relation: Relation,
  { schemas, components, outputs, resolverOf }: Parts,
): Field {
  const answer = schemas.convert(operation.route.responses[200] as z.ZodType, 'output');
  const item = itemOf(components[componentOf(answer) ?? ''] ?? answer);
  if (!item) throw new Error(`${operation.name} loads, but answers no items`);
  const one = outputs.of(item, operation.operationId);
  const isMany = sourceOf(relation, components)?.type === 'array';
  const plan: FieldPlan = { kind: 'relation', plan: { operation, loads, relation, isMany } };
  return {
    // Whoever may see the one may not see the other: then it is null, and the errors say why.
    type: isMany ? new GraphQLList(new GraphQLNonNull(one)) : one,
    ...(resolverOf && { resolve: resolverOf(plan) }),
    description: `${operation.route.summary}, by \`${relation.from}\`.`,
    extensions: {
      ...planned(plan),
      directives: { auth: authOf(operation.access) },
    },
  };
}

function sourceOf({ type, from }: Relation, components: Parts['components']) {
  return propertiesOf(components[type] ?? {}).find(([name]) => name === from)?.[1];
}

/** @throws where a relation names a type, or a field, that there is not. */
function assertKnown(all: readonly { relation: Relation }[], { components }: Parts): void {
  for (const { relation } of all) {
    if (sourceOf(relation, components)) continue;
    throw new Error(`There is no ${relation.type}.${relation.from} to load by`);
  }
}

export type Relations = ReturnType<typeof relationsOf>;
