import type { Facet } from './facet.ts';

export interface GraphqlMetadata {
  /** Offers the operation over GraphQL, too; left out: by HTTP alone. */
  readonly graphql?: GraphqlField | GraphqlBatch;
}

export interface GraphqlField {
  /** Its field: of `Query` for what GET answers, of `Subscription` for what is live, else of `Mutation`. */
  readonly field: string;
  /** Fields of the body that are no choice over GraphQL: a browser signs in by cookie. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Parameters of the query that take several of these words, separated by commas: here they are lists. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Of an operation that answers many things by their keys, as `{ items }`: it is no field itself, but
 * fields of other types are made of it. What is asked for at once is asked for together.
 */
export interface GraphqlBatch {
  readonly loads: {
    /** The parameter of the query that takes the keys, separated by commas. */
    readonly keys: string;
    /** How many it takes. */
    readonly most: number;
    /** The field of an item that says which key it belongs to. */
    readonly by: string;
    readonly into: readonly Relation[];
  };
}

/** `{ type: 'Session', field: 'user', from: 'userId' }`: where both names are one, it takes the place of the keys. */
export interface Relation {
  readonly type: string;
  readonly field: string;
  /** The field that holds the key, or a list of them. */
  readonly from: string;
}

export const graphql: Facet<GraphqlMetadata, GraphqlField | GraphqlBatch> = {
  read: ({ metadata }) => metadata.graphql,
  problems: [],
  headers: [],
  describe: (declared) => ('field' in declared ? { 'x-graphql': declared.field } : {}),
};
