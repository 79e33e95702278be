/** `name` makes each document one that nobody has parsed before. */
export type Attack = (name: string) => string;

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');
const json = (query: string, more: object = {}) => JSON.stringify({ query, ...more });

export const plain: Attack = (name) => json(`query ${name} { me { username } }`);

export const exceeds: Record<string, [limit: string, attack: Attack]> = {
  'a thousand aliases': [
    'tokens',
    (name) => json(`query ${name} { ${times(1_000, (at) => `a${at}: me { id }`)} }`),
  ],
  'aliases that a fragment multiplies': [
    'aliases',
    (name) =>
      json(`query ${name} { ${times(30, (at) => `a${at}: me { ...F }`)} }
        fragment F on Me { b: id c: id d: id }`),
  ],
  'a depth of a thousand': [
    'tokens',
    (name) => json(`query ${name} ${'{ me '.repeat(1_000)}${'}'.repeat(1_000)}`),
  ],
  'a depth of fifty': [
    'depth',
    (name) => json(`query ${name} ${'{me'.repeat(50)}${'}'.repeat(50)}`),
  ],
  'fields without end in one place': [
    'breadth',
    (name) => json(`query ${name} { me { ${'id '.repeat(500)} } }`),
  ],
  'fragments that double each other': [
    'tokens',
    (name) =>
      json(
        `query ${name} { me { ...F0 } } ${times(
          100,
          (at) => `fragment F${at} on Me { ...F${at + 1} ...F${at + 1} }`,
        )} fragment F100 on Me { id }`,
      ),
  ],
  'a flood of directives': [
    'directives',
    (name) => json(`query ${name} { me { id ${'@include(if: true) '.repeat(200)} } }`),
  ],
  'tokens without end': ['tokens', (name) => json(`query ${name} { ${'a '.repeat(45_000)} }`)],
  'the largest pages of the dearest relations': [
    'cost',
    (name) =>
      json(`query ${name} { auditEntries(first: 200) { nodes {
        actorUser { ... on User { roles { name } } } actingForUser { ... on User { roles { name } } }
      } } }`),
  ],
  'a page by a variable': [
    'cost',
    (name) =>
      json(
        `query ${name}($n: Int = 1) { users(first: $n) { nodes { ... on User { roles { name } } } } }`,
        {
          variables: { n: 1_000_000_000 },
        },
      ),
  ],
  'two operations': [
    'operations',
    (name) =>
      json(`query ${name} { me { id } } query Other { me { id } }`, { operationName: name }),
  ],
};

export const invalid: Record<string, Attack> = {
  'fragments in a circle': (name) =>
    json(`query ${name} { me { ...A } } fragment A on Me { id ...B } fragment B on Me { id ...A }`),
  'a fragment that nobody spreads': (name) =>
    json(`query ${name} { me { id } } fragment F on Me { id }`),
  'the whole schema': (name) => json(`query ${name} { __schema { types { name } } }`),
  'one type': (name) => json(`query ${name} { __type(name: "User") { name } }`),
  'a field that there is not': (name) => json(`query ${name} { me { usrname } }`),
  'NUL in the document': (name) => json(`query ${name} { me { id\u0000 } }`),
  'half of a character': (name) => json(`query ${name} { me { id\ud800 } }`),
  'lists in lists': (name) =>
    json(`query ${name} { user(userId: ${'['.repeat(900)}${']'.repeat(900)}) { __typename } }`),
  'a variable of another type': (name) =>
    json(`query ${name}($id: ID!) { user(userId: $id) { __typename } }`, {
      variables: { id: { hidden: 1 } },
    }),
  'an instant that is an object': (name) =>
    json(`query ${name} { users(createdFrom: { a: "x" }) { totalCount } }`),
  'an instant that is lists in lists': (name) =>
    json(`query ${name} { auditEntries(from: [[{ a: 1 }]]) { totalCount } }`),
  'an instant that is a number, by a variable': (name) =>
    json(`query ${name}($at: Instant) { users(createdFrom: $at) { totalCount } }`, {
      variables: { at: 1 },
    }),
  'a subscription to nothing': (name) =>
    json(`subscription ${name} { events @skip(if: true) { id } }`),
  'a subscription to nothing, by a fragment in a fragment': (name) =>
    json(
      `subscription ${name} { ...A } fragment A on Subscription { ...B @include(if: false) } fragment B on Subscription { events { id } }`,
    ),
  'a subscription to nothing, without a name': (name) =>
    json(`subscription ${name} { ... @include(if: false) { events { id } } }`),
  'no GraphQL': () => json("'; DROP TABLE users; --"),
};

export const unreadable: Record<string, Attack> = {
  'a batch': (name) => `[${times(20, () => plain(name)).replaceAll('} {', '},{')}]`,
  'variables nested without end': (name) =>
    `{"query":"query ${name} { me { id } }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`,
  'no JSON': () => '{"query":',
  'a query that is a list': () => '{"query":["{ me { id } }"]}',
  'variables that are text': (name) => json(`query ${name} { me { id } }`, { variables: '{}' }),
};

export const performed: Record<string, [attack: Attack, code: string | undefined]> = {
  'SQL in an argument': [
    (name) =>
      json(`query ${name}($s: String) { users(search: $s) { nodes { __typename } } }`, {
        variables: { s: `'); DROP TABLE users; --%_\\"` },
      }),
    undefined,
  ],
  'NUL in a variable': [
    (name) =>
      json(`query ${name}($s: String) { users(search: $s) { nodes { __typename } } }`, {
        variables: { s: 'a\u0000b' },
      }),
    'validation_failed',
  ],
  'more rows than a page has': [
    (name) => json(`query ${name} { users(first: 500) { nodes { __typename } } }`),
    'validation_failed',
  ],
};
