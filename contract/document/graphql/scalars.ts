import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const dateTime = 'https://scalars.graphql.org/andimarek/date-time.html';

/** Text goes through as it is: the schemas of the contract judge it. Nothing else is one. */
export const Instant = new GraphQLScalarType<string, string>({
  name: 'Instant',
  description: 'An instant in UTC, ISO 8601, as `2026-11-21T12:00:00.000Z`.',
  specifiedByURL: dateTime,
  parseValue: text,
  parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
});

/** GraphQL's own `Int` ends at 2³¹. */
export const SafeInt = new GraphQLScalarType<number, number>({
  name: 'SafeInt',
  description: 'An integer of up to 2⁵³ − 1, which JSON and JavaScript hold exactly.',
  parseValue: safeInt,
  parseLiteral: (node) => safeInt(node.kind === Kind.INT ? Number(node.value) : undefined),
});

export const Json = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON, in the shape that the field describes.',
});

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('Write an instant as text');
}

function safeInt(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new GraphQLError('Write an integer of up to 2⁵³ − 1');
}
