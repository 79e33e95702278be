import type { GraphQLFieldExtensions } from 'graphql';
import type { GraphqlBatch, Relation } from '../../kit/facets/graphql.ts';
import type { Operation } from '../../kit/operations.ts';

/** Where an argument goes in the call of the operation. */
export type Place =
  | { readonly part: 'params' | 'query'; readonly name: string }
  | { readonly part: 'body' }
  | { readonly part: 'header'; readonly name: 'if-match' | 'idempotency-key' };

/** What whoever resolves a field must know of it: how to call its operation, and what becomes of the answer. */
export interface OperationPlan {
  readonly operation: Operation;
  readonly places: Readonly<Record<string, Place>>;
  /** What belongs to the body and is no choice. */
  readonly fixed: Readonly<Record<string, string>> | undefined;
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
