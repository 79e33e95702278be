import {
  answers,
  asks,
  document,
  fields,
  json,
  old,
  one,
  operation,
  type Pair,
  query,
  ref,
  shared,
  takes,
  text,
  whole,
} from '../documents.ts';

const user = fields({ 'id!': text, name: text });
const prose = 'prose-changed at POST /things';
const explained = (schema: object, words: string) => ({ ...schema, description: words });
const keyed = (name: string) => {
  const scheme = { type: 'apiKey', in: 'header', name: 'X-Key' };
  return operation(
    { security: [{ [name]: [] }] },
    { components: { securitySchemes: { [name]: scheme } } },
  );
};
const under = (url: string, path: string) => {
  return document({ [path]: { get: { responses: {} } } }, { servers: [{ url }] });
};
const list = { type: 'array', items: text };
const pets = shared({
  User: user,
  Cat: fields({ 'meows!': text }),
  Dog: fields({ 'barks!': text }),
  Pet: { oneOf: [ref('Cat'), ref('Dog')] },
  Tree: { oneOf: [ref('Cat'), ref('Tree')] },
});
const nullable = (schema: object) => ({ ...schema, nullable: true });

/** The same in other words or in another order: nothing is found, or what came beside it alone. */
export const alikePairs: readonly Pair[] = [
  [
    'fields in another order',
    answers(fields({ a: text, b: whole })),
    answers(fields({ b: whole, a: text })),
  ],
  ['values in another order', answers(one('a', 'b')), answers(one('b', 'a'))],
  [
    'required fields in another order',
    answers({ ...user, required: ['id', 'name'] }),
    answers({ ...user, required: ['name', 'id'] }),
  ],
  ['shapes in another order', answers({ oneOf: [user, text] }), answers({ oneOf: [text, user] })],
  [
    'parameters in another order',
    asks(query('a', text), query('b', text)),
    asks(query('b', text), query('a', text)),
  ],
  [
    'headers in other letters',
    asks({ name: 'If-Match', in: 'header', schema: text }),
    asks({ name: 'if-match', in: 'header', schema: text }),
  ],
  [
    'words of a field',
    answers(fields({ a: explained(text, 'x') })),
    answers(fields({ a: explained(text, 'y') })),
    prose,
  ],
  ['words of an operation', operation({ summary: 'x' }), operation({ summary: 'y' }), prose],
  [
    'an example',
    answers({ ...user, examples: [{ id: '1' }] }),
    answers({ ...user, examples: [{ id: '2' }] }),
    prose,
  ],
  ['more groups', operation({ tags: ['a'] }), operation({ tags: ['a', 'b'] })],
  ['a schema that gets a name', takes(user), takes(ref('User'), shared({ User: user }))],
  ['a schema that loses its name', takes(ref('User'), shared({ User: user })), takes(user)],
  ['a schema that nobody uses', answers(user), answers(user, shared({ Other: text }))],
  [
    'an answer that gets a name',
    operation({ responses: { 200: { description: 'x', content: json(user) } } }),
    operation(
      { responses: { 200: { $ref: '#/components/responses/User' } } },
      { components: { responses: { User: { description: 'x', content: json(user) } } } },
    ),
  ],
  [
    'a parameter that gets a name',
    asks(query('a', text)),
    operation(
      { parameters: [{ $ref: '#/components/parameters/a' }] },
      { components: { parameters: { a: query('a', text) } } },
    ),
  ],
  [
    'a parameter that moves to the address',
    document({ '/a': { get: { parameters: [query('a', text)], responses: {} } } }),
    document({ '/a': { parameters: [query('a', text)], get: { responses: {} } } }),
  ],
  ['allOf of one', answers(user), answers({ allOf: [user] })],
  [
    'allOf of the parts',
    answers(user),
    answers({ allOf: [fields({ 'id!': text }), fields({ name: text })] }),
  ],
  [
    'a type that went without saying',
    answers({ properties: { a: text } }),
    answers(fields({ a: text })),
  ],
  ['a constant for a list of one', answers(one('a')), answers({ type: 'string', const: 'a' })],
  [
    'constants with words for a list',
    answers(one('a', 'b')),
    answers({
      oneOf: [
        { const: 'a', title: 'A' },
        { const: 'b', title: 'B' },
      ],
    }),
  ],
  ['types for shapes', answers({ anyOf: [text, whole] }), answers({ type: ['string', 'integer'] })],
  [
    'null of 3.0 and of 3.1',
    old(answers(nullable(text))),
    answers({ type: ['string', 'null'] }),
    'oas-version-changed at the document',
  ],
  [
    'null of 3.0 as a shape of 3.1',
    old(answers(nullable({ allOf: [user] }))),
    answers({ anyOf: [user, { type: 'null' }] }),
    'oas-version-changed at the document',
  ],
  [
    'bounds of 3.0 and of 3.1',
    old(takes({ type: 'number', minimum: 1, exclusiveMinimum: true })),
    takes({ type: 'number', exclusiveMinimum: 1 }),
    'oas-version-changed at the document',
  ],
  [
    'more than none, of whole numbers',
    takes({ ...whole, exclusiveMinimum: 0 }),
    takes({ ...whole, minimum: 1 }),
  ],
  ['a length that went without saying', takes(text), takes({ ...text, minLength: 0 })],
  [
    'other fields that went without saying',
    takes(user),
    takes({ ...user, additionalProperties: true }),
  ],
  [
    'how a plain value is written',
    asks(query('a', text)),
    asks(query('a', text, { style: 'form', explode: true })),
  ],
  [
    'the charset of a media type',
    operation({ requestBody: { content: json(user) } }),
    operation({
      requestBody: { content: { 'application/json; charset=utf-8': { schema: user } } },
    }),
  ],
  [
    'a range of media types',
    operation({ requestBody: { content: json(user) } }),
    operation({ requestBody: { content: { 'application/*': { schema: user } } } }),
    'input-media-type-added at POST /things: request',
  ],
  [
    'a range of statuses',
    operation({ responses: { 200: {}, 404: { content: json(user) } } }),
    operation({ responses: { 200: {}, '4XX': { content: json(user) } } }),
    'refusal-status-added at POST /things: 4XX',
  ],
  ['the name of a scheme', keyed('key'), keyed('apiKey')],
  [
    'what all need, said once',
    operation({ security: [{ key: [] }] }),
    operation({}, { security: [{ key: [] }] }),
  ],
  [
    'ways to prove who calls, in another order',
    operation({ security: [{ a: [] }, { b: [] }] }),
    operation({ security: [{ b: [] }, { a: [] }] }),
  ],
  [
    'what stands beside a reference of 3.0',
    old(takes(fields({ t: ref('T') }), shared({ T: text }))),
    old(
      takes(
        fields({
          t: { ...ref('T'), ...nullable({ maxLength: 3, deprecated: true, enum: ['a'] }) },
        }),
        shared({ T: text }),
      ),
    ),
  ],
  [
    'shapes in shapes',
    answers({ oneOf: [user, { anyOf: [text, { description: 'More.', oneOf: [whole, text] }] }] }),
    answers({ oneOf: [user, text, whole] }),
  ],
  [
    'null in shapes in shapes',
    answers({ oneOf: [{ anyOf: [user] }, { oneOf: [list, { type: 'null' }] }] }),
    answers({ oneOf: [user, list, { type: 'null' }] }),
  ],
  [
    'a name for some of the shapes',
    answers({ oneOf: [ref('User'), ref('Pet')] }, pets),
    answers({ oneOf: [ref('User'), ref('Cat'), ref('Dog')] }, pets),
  ],
  [
    'a name for some of the shapes, of which one stood beside it',
    takes({ oneOf: [ref('Cat'), ref('Pet')] }, pets),
    takes({ oneOf: [ref('Dog'), ref('Cat')] }, pets),
  ],
  [
    'shapes that hold themselves',
    takes({ oneOf: [ref('User'), ref('Tree')] }, pets),
    takes({ oneOf: [ref('User'), ref('Cat')] }, pets),
  ],
  ['a part of addresses that moves to the server', under('/', '/api/a'), under('/api', '/a')],
  [
    'a schema that refers to itself, written out once',
    takes(ref('T'), shared({ T: fields({ t: ref('T') }) })),
    takes(fields({ t: ref('T') }), shared({ T: fields({ t: ref('T') }) })),
  ],
];
