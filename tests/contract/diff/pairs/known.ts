import {
  answers,
  asks,
  document,
  fields,
  one,
  operation,
  type Pair,
  query,
  takes,
  text,
  whole,
} from '../documents.ts';

type Known = readonly [says: string, before: Pair[1], after: Pair[2]];

const user = fields({ 'id!': text, 'email!': text });
const status = (...codes: number[]) => {
  return operation({
    responses: Object.fromEntries(codes.map((code) => [code, { description: '' }])),
  });
};

/** The kinds of which the tools that we tried found 11 and 12: ours has to find each. */
export const breaking: readonly Known[] = [
  [
    'a new field that must be sent',
    takes(fields({ a: text })),
    takes(fields({ a: text, 'b!': text })),
  ],
  [
    'a field that must be sent from now on',
    takes(fields({ a: text })),
    takes(fields({ 'a!': text })),
  ],
  ['a field of an answer that is gone', answers(user), answers(fields({ 'id!': text }))],
  [
    'a field of an answer that may be missing',
    answers(user),
    answers(fields({ 'id!': text, email: text })),
  ],
  [
    'a field of an answer that may be null',
    answers(user),
    answers(fields({ 'id!': text, 'email!': { type: ['string', 'null'] } })),
  ],
  ['another type of a field', answers(user), answers(fields({ 'id!': whole, 'email!': text }))],
  ['fewer values to send', takes(one('a', 'b')), takes(one('a'))],
  ['more values in answers', answers(one('a')), answers(one('a', 'b'))],
  [
    'a smaller bound of what is sent',
    takes({ ...text, maxLength: 100 }),
    takes({ ...text, maxLength: 50 }),
  ],
  ['another success', status(200), status(202)],
  ['another operation id', operation({ operationId: 'a' }), operation({ operationId: 'b' })],
  ['credentials where none were asked for', operation({}), operation({ security: [{ key: [] }] })],
  ['a tightened limit', operation({ 'x-limit': 'read' }), operation({ 'x-limit': 'credentials' })],
  ['a parameter that must be sent', asks(), asks(query('a', text, { required: true }))],
  ['an operation that is gone', operation({}), document({})],
];

export const safe: readonly Known[] = [
  ['an operation more', document({}), operation({})],
  [
    'a field more that may be sent',
    takes(fields({ a: text })),
    takes(fields({ a: text, b: text })),
  ],
  ['a field more in answers', answers(fields({ a: text })), answers(fields({ a: text, b: text }))],
  ['more values to send', takes(one('a')), takes(one('a', 'b'))],
  ['another order', answers(fields({ a: text, b: whole })), answers(fields({ b: whole, a: text }))],
  [
    'other words and examples',
    operation({ summary: 'a', description: 'b' }),
    operation({ summary: 'c' }),
  ],
];
