import type { Json } from '../../../../contract/kit/json.ts';
import { asks, document, old, type Pair, query, takes, text, whole } from '../documents.ts';

const at = 'POST /things: query parameter a';
const list: Json = { type: 'array', items: text };
const header = (name: string, more: Json = {}): Json => ({
  ...{ name, in: 'header', schema: text },
  ...more,
});
const byPath = (name: string, parameters: readonly Json[] = []): Json =>
  document({
    [`/things/{${name}}`]: {
      parameters: [{ name, in: 'path', required: true, schema: text }, ...parameters],
      get: { operationId: 'thingsGet', responses: { 200: { description: 'Done.' } } },
    },
  });

export const parameterPairs: readonly Pair[] = [
  ['a header that is written otherwise', asks(header('X-Cups')), asks(header('x-cups'))],
  [
    'a header that must be sent from now on',
    asks(header('X-Cups')),
    asks(header('X-Cups', { required: true })),
    'parameter-became-required at POST /things: header parameter X-Cups',
  ],
  [
    'a parameter that moves from the query to a header',
    asks(query('a', text)),
    asks(header('a')),
    `parameter-removed at ${at}`,
    'parameter-added at POST /things: header parameter a',
  ],
  [
    'a name in an address, which only its clients say',
    byPath('id'),
    byPath('thingId'),
    'parameter-renamed at GET /things/{id}: path parameter id',
  ],
  [
    'a parameter of the whole address that must be sent',
    byPath('id'),
    byPath('id', [query('a', text, { required: true })]),
    'parameter-added-required at GET /things/{id}: query parameter a',
  ],
  [
    'a list that is sent as one text instead of several',
    asks(query('a', list)),
    asks(query('a', list, { explode: false })),
    `parameter-style-changed at ${at}`,
  ],
  [
    'a plain value, of which it does not matter whether it explodes',
    asks(query('a', text)),
    asks(query('a', text, { explode: false, style: 'form' })),
  ],
  [
    'a value that is sent as JSON instead of as text',
    asks(query('a', whole)),
    asks({ name: 'a', in: 'query', content: { 'application/json': { schema: whole } } }),
    `parameter-style-changed at ${at}`,
  ],
  [
    'signs that need not be escaped any more',
    asks(query('a', text)),
    asks(query('a', text, { allowReserved: true })),
    `parameter-style-changed at ${at}`,
  ],
  [
    'a parameter that is deprecated',
    asks(query('a', text)),
    asks(query('a', text, { deprecated: true })),
    `field-deprecated at ${at}`,
  ],
  [
    'a parameter that is deprecated no more',
    asks(query('a', text, { deprecated: true })),
    asks(query('a', text)),
    `field-undeprecated at ${at}`,
  ],
  [
    'null, as 3.0 and as 3.1 say it',
    old(takes({ type: 'string', nullable: true, enum: ['a'] })),
    takes({ type: ['string', 'null'], enum: ['a', null] }),
    'oas-version-changed at the document',
  ],
  [
    'a bound that is not part of it, as 3.0 and as 3.1 say it',
    old(takes({ type: 'integer', minimum: 1, exclusiveMinimum: true })),
    takes({ type: 'integer', exclusiveMinimum: 1 }),
    'oas-version-changed at the document',
  ],
  [
    'types that others leave out: fields, items and words tell them',
    takes({ properties: { a: { items: text }, b: { enum: ['x', 'y'] }, c: { const: 1 } } }),
    takes({
      type: 'object',
      properties: {
        a: { type: 'array', items: text },
        b: { type: 'string', enum: ['x', 'y'] },
        c: { type: 'integer', enum: [1] },
      },
    }),
  ],
];
