import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
} from 'graphql';
import { capital } from './names.ts';

// After "GraphQL Cursor Connections Specification" (relay.dev/graphql/connections.htm). Pages are
// walked forwards only, as by HTTP.

const PageInfo = new GraphQLObjectType({
  name: 'PageInfo',
  description: 'Where a page lies in its list.',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString, description: 'Send it as `after` for the next page.' },
  },
});

/** Connections by the name of what they hold: many fields may list the same. */
export class Connections {
  readonly #known = new Map<string, GraphQLObjectType>();

  of(item: GraphQLOutputType): GraphQLObjectType {
    const name = capital(String(item));
    const known = this.#known.get(name) ?? connectionOf(name, item);
    this.#known.set(name, known);
    return known;
  }
}

function connectionOf(name: string, item: GraphQLOutputType): GraphQLObjectType {
  const node = new GraphQLNonNull(item as GraphQLObjectType);
  const edge = new GraphQLObjectType({
    name: `${name}Edge`,
    fields: { cursor: { type: new GraphQLNonNull(GraphQLString) }, node: { type: node } },
  });
  const listOf = (type: GraphQLObjectType | GraphQLNonNull<GraphQLObjectType>) =>
    new GraphQLNonNull(new GraphQLList(type));
  return new GraphQLObjectType({
    name: `${name}Connection`,
    description: 'One page of a list.',
    fields: {
      edges: { type: listOf(new GraphQLNonNull(edge)) },
      nodes: { type: listOf(node), description: 'The rows, without their cursors.' },
      pageInfo: { type: new GraphQLNonNull(PageInfo) },
      totalCount: {
        type: GraphQLInt,
        description: 'All rows that match. They are counted only where this is asked for.',
      },
    },
  });
}
