import type { GraphQLFieldExtensions } from 'graphql';
import type { GraphqlBatch, Relation } from '../../kit/facets/graphql.ts';
import type { Operation } from '../../kit/operations.ts';

/** Where an argument goes in the call of the operation. */
export type Place =
  | { readonly part: 'params' | 'query'; readonly name: string }
  | { readonly part: 'body' }
  | { readonly part: 'header'; readonly name: 'if-match' | 'idempotency-key' | 'last-event-id' };

/** How a field calls its operation: all there is to know of one that goes on. */
export interface CallPlan {
  readonly operation: Operation;
  readonly places: Readonly<Record<string, Place>>;
  /** What belongs to the body and is no choice. */
  readonly fixed: Readonly<Record<string, string>> | undefined;
}

/** Besides that, what becomes of the answer. */
export interface OperationPlan extends CallPlan {
  /** `page` becomes a connection, `items` a list. */
  readonly answer: 'page' | 'items' | 'one';
  /** What each success of a mutation is, by its status; undefined: a query, whose problems are errors. */
  readonly results: ReadonlyMap<number, Result> | undefined;
}

/** The name of the type of a body. */
export type Result = (body: unknown) => string | undefined;

/** A field that is loaded for many at once. */
export interface RelationPlan {
  readonly operation: Operation;
  readonly loads: GraphqlBatch['loads'];
  readonly relation: Relation;
  readonly isMany: boolean;
}

export type FieldPlan =
  | { readonly kind: 'operation'; readonly plan: OperationPlan }
  | { readonly kind: 'live'; readonly plan: CallPlan }
  | { readonly kind: 'relation'; readonly plan: RelationPlan };

/** Fields of the schema carry their plans; those of plain data have none. */
export function planOf(
  extensions: GraphQLFieldExtensions<unknown, unknown>,
): FieldPlan | undefined {
  return extensions['plan'] as FieldPlan | undefined;
}

export function planned(plan: FieldPlan): { readonly plan: FieldPlan } {
  return { plan };
}
