type GraphqlPair = readonly [says: string, before: string, after: string, ...found: string[]];

const auth = 'directive @auth(requires: String) on FIELD_DEFINITION';
const pair = (says: string, before: string, after: string, ...found: string[]): GraphqlPair => {
  const query = 'type Query { ok: Boolean }';
  const whole = (text: string) =>
    `${auth}\n${/type Query/.test(text) ? text : `${query}\n${text}`}`;
  return [says, whole(before), whole(after), ...found];
};

/** Pairs of SDL, and what must be found between them. */
export const graphqlPairs: readonly GraphqlPair[] = [
  pair(
    'a field that is gone',
    'type A { a: Int b: Int }',
    'type A { a: Int }',
    'graphql-removed at GraphQL: A.b was removed',
  ),
  pair('a type that is gone', 'type A { a: Int }', '', 'graphql-removed at GraphQL: A was removed'),
  pair(
    'a value that is gone',
    'enum E { X Y }',
    'enum E { X }',
    'graphql-removed at GraphQL: Y was removed from enum type E',
  ),
  pair(
    'a field of another type',
    'type A { a: Int }',
    'type A { a: String }',
    'graphql-type-changed at GraphQL: A.a changed type from Int to String',
  ),
  pair(
    'a field that may be null',
    'type A { a: Int! }',
    'type A { a: Int }',
    'graphql-type-changed at GraphQL: A.a changed type from Int! to Int',
  ),
  pair('a field that is never null', 'type A { a: Int }', 'type A { a: Int! }'),
  pair(
    'an argument that must be sent',
    'type A { a: Int }',
    'type A { a(x: Int!): Int }',
    'graphql-required-added at GraphQL: A required arg x on A.a was added',
  ),
  pair(
    'an argument more',
    'type A { a: Int }',
    'type A { a(x: Int): Int }',
    'graphql-optional-added at GraphQL: An optional arg x on A.a was added',
  ),
  pair(
    'a field that must be sent',
    'input I { a: Int }',
    'input I { a: Int b: Int! }',
    'graphql-required-added at GraphQL: A required field b on input type I was added',
  ),
  pair(
    'another default',
    'type A { a(x: Int = 1): Int }',
    'type A { a(x: Int = 2): Int }',
    'graphql-default-changed at GraphQL: A.a arg x has changed defaultValue from 1 to 2',
  ),
  pair(
    'a value more',
    'enum E { X }',
    'enum E { X Y }',
    'graphql-answer-widened at GraphQL: Y was added to enum type E',
  ),
  pair('a type more', '', 'type A { a: Int }', 'graphql-added at GraphQL: A is new'),
  pair(
    'a field more',
    'type A { a: Int }',
    'type A { a: Int b: Int }',
    'graphql-added at GraphQL: A.b is new',
  ),
  pair(
    'a permission',
    'type A { a: Int }',
    'type A { a: Int @auth(requires: "x") }',
    'graphql-access-changed at GraphQL: A.a',
  ),
  pair(
    'no permission any more',
    'type A { a: Int @auth(requires: "x") }',
    'type A { a: Int }',
    'graphql-access-dropped at GraphQL: A.a',
  ),
  pair(
    'a field to be given up',
    'type A { a: Int }',
    'type A { a: Int @deprecated(reason: "old") }',
    'graphql-deprecated at GraphQL: A.a',
  ),
  pair(
    'another order and other words',
    'enum E { X Y } type A { "a" a: Int b: Int }',
    'type A { b: Int "A" a: Int } enum E { Y X }',
  ),
  [
    'another default of an input field',
    'input I { a: Int = 1, b: Int = 1, c: Int } type Query { f(i: I): Int }',
    'input I { a: Int = 2, b: Int, c: Int = 1 } type Query { f(i: I): Int }',
    'graphql-default-changed at GraphQL: I.a',
    'graphql-default-changed at GraphQL: I.b',
  ],
  [
    'what is asked for, in another order',
    `directive @auth(a: Int, b: Int) on FIELD_DEFINITION type Query { f: Int @auth(a: 1, b: 2) }`,
    `directive @auth(a: Int, b: Int) on FIELD_DEFINITION type Query { f: Int @auth(b: 2, a: 1) }`,
  ],
];
