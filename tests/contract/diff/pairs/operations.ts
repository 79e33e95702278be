import {
  answers,
  asks,
  document,
  fields,
  json,
  one,
  operation,
  type Pair,
  query,
  text,
  whole,
} from '../documents.ts';

const at = 'POST /things';
const done = { responses: { 200: { description: 'Done.' } } };
const there = (parts: object = {}) => document({ '/things': { get: { ...done, ...parts } } });
const ending = (sunset: string) => ({ deprecated: true, 'x-deprecated': { sunset } });
const body = (content: object, more: object = {}) =>
  operation({ requestBody: { content, ...more } });
const status = (...codes: number[]) => {
  return operation({
    responses: Object.fromEntries(codes.map((code) => [code, { description: '' }])),
  });
};
const headed = (headers: object) => operation({ responses: { 200: { description: '', headers } } });
const secured = (security: object[], schemes: object = {}) => {
  const all = {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    ...oauth({ read: '' }),
    ...schemes,
  };
  return operation({ security }, { components: { securitySchemes: all } });
};
const oauth = (scopes: object) => ({
  oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/token', scopes } } },
});
const cookie = (name: string) => ({ cookie: { type: 'apiKey', in: 'cookie', name } });
const list = { type: 'array', items: text };
const told = (webhooks: object) => document({}, { webhooks });
const event = (schema: object, more: object = {}) => ({
  post: { requestBody: { content: json({ ...schema }) }, responses: { 204: {} }, ...more },
});
const served = (...urls: string[]) => operation({}, { servers: urls.map((url) => ({ url })) });
const form = (contentType: string) => {
  const encoding = { file: { contentType } };
  return body({ 'multipart/form-data': { schema: fields({ file: text }), encoding } });
};

export const operationPairs: readonly Pair[] = [
  ['an operation that is gone', there(), document({}), 'operation-removed at GET /things'],
  ['an operation more', document({}), there(), 'operation-added at GET /things'],
  [
    'another method',
    there(),
    document({ '/things': { head: done } }),
    'operation-removed at GET /things',
    'operation-added at HEAD /things',
  ],
  [
    'an operation that had its last day',
    there(ending('2026-12-31')),
    document({}),
    'operation-ended at GET /things',
  ],
  [
    'an operation that has its last day tomorrow',
    there(ending('2027-01-01')),
    document({}),
    'operation-removed at GET /things',
  ],
  [
    'an earlier last day',
    there(ending('2027-06-01')),
    there(ending('2027-01-01')),
    'sunset-hastened at GET /things',
  ],
  [
    'a later last day, as others write it',
    there({ deprecated: true, 'x-sunset': '2027-01-01' }),
    there({ deprecated: true, 'x-sunset': '2027-06-01' }),
    'sunset-postponed at GET /things',
  ],
  [
    'an operation to be given up',
    there(),
    there({ deprecated: true }),
    'operation-deprecated at GET /things',
  ],
  [
    'an operation that stays',
    there({ deprecated: true }),
    there(),
    'operation-undeprecated at GET /things',
  ],
  [
    'another id',
    there({ operationId: 'a' }),
    there({ operationId: 'b' }),
    'operation-id-changed at GET /things',
  ],
  ['an id', there(), there({ operationId: 'b' }), 'operation-id-added at GET /things'],
  [
    'another group',
    there({ tags: ['a', 'c'] }),
    there({ tags: ['b', 'c'] }),
    'tag-changed at GET /things',
  ],
  [
    'a parameter less',
    asks(query('a', text)),
    asks(),
    `parameter-removed at ${at}: query parameter a`,
  ],
  [
    'a parameter that must be sent',
    asks(),
    asks(query('a', text, { required: true })),
    `parameter-added-required at ${at}: query parameter a`,
  ],
  [
    'a parameter more',
    asks(),
    asks(query('a', text)),
    `parameter-added at ${at}: query parameter a`,
  ],
  [
    'a parameter that must be sent from now on',
    asks(query('a', text)),
    asks(query('a', text, { required: true })),
    `parameter-became-required at ${at}: query parameter a`,
  ],
  [
    'a parameter that need not be sent',
    asks(query('a', text, { required: true })),
    asks(query('a', text)),
    `parameter-became-optional at ${at}: query parameter a`,
  ],
  [
    'another name in the address',
    document({
      '/things/{id}': {
        get: { ...done, parameters: [{ name: 'id', in: 'path', required: true, schema: text }] },
      },
    }),
    document({
      '/things/{thingId}': {
        get: {
          ...done,
          parameters: [{ name: 'thingId', in: 'path', required: true, schema: whole }],
        },
      },
    }),
    'parameter-renamed at GET /things/{id}: path parameter id',
    'input-type-changed at GET /things/{id}: path parameter id',
  ],
  [
    'a list written another way',
    asks(query('a', list)),
    asks(query('a', list, { explode: false })),
    `parameter-style-changed at ${at}: query parameter a`,
  ],
  ['no body any more', body(json(text)), operation({}), `body-removed at ${at}: request`],
  [
    'a body that must be sent',
    operation({}),
    body(json(text), { required: true }),
    `body-added-required at ${at}: request`,
  ],
  ['a body', operation({}), body(json(text)), `body-added at ${at}: request`],
  [
    'a body that must be sent from now on',
    body(json(text)),
    body(json(text), { required: true }),
    `body-became-required at ${at}: request`,
  ],
  [
    'a body that need not be sent',
    body(json(text), { required: true }),
    body(json(text)),
    `body-became-optional at ${at}: request`,
  ],
  [
    'another media type',
    body(json(text)),
    body({ 'application/xml': { schema: text } }),
    `input-media-type-removed at ${at}: request`,
    `input-media-type-added at ${at}: request`,
  ],
  [
    'another media type of answers',
    answers(text),
    operation({
      responses: { 200: { description: 'Done.', content: { 'text/plain': { schema: text } } } },
    }),
    `answer-media-type-removed at ${at}: 200`,
    `answer-media-type-added at ${at}: 200`,
  ],
  [
    'fewer types of files',
    form('image/png, image/gif'),
    form('image/png'),
    `input-media-type-removed at ${at}: request: part file`,
  ],
  [
    'another success',
    status(200),
    status(201),
    `answer-status-removed at ${at}: 200`,
    `answer-status-added at ${at}: 201`,
  ],
  ['a refusal more', status(200), status(200, 409), `refusal-status-added at ${at}: 409`],
  ['a refusal less', status(200, 409), status(200), `refusal-status-removed at ${at}: 409`],
  [
    'a header less',
    headed({ ETag: { schema: text } }),
    headed({}),
    `header-removed at ${at}: 200, header etag`,
  ],
  [
    'a header more',
    headed({}),
    headed({ ETag: { schema: text } }),
    `header-added at ${at}: 200, header etag`,
  ],
  [
    'a header that may be missing',
    headed({ ETag: { required: true, schema: text } }),
    headed({ etag: { schema: text } }),
    `header-became-optional at ${at}: 200, header etag`,
  ],
  [
    'a header that is always there',
    headed({ ETag: { schema: text } }),
    headed({ etag: { required: true, schema: text } }),
    `header-became-required at ${at}: 200, header etag`,
  ],
  [
    'a link less',
    operation({ responses: { 200: { description: '', links: { next: {} } } } }),
    status(200),
    `link-removed at ${at}: 200`,
  ],
  [
    'a link more',
    status(200),
    operation({ responses: { 200: { description: '', links: { next: {} } } } }),
    `link-added at ${at}: 200`,
  ],
  [
    'credentials, where none were asked for',
    secured([]),
    secured([{ key: [] }]),
    `authentication-added at ${at}`,
  ],
  [
    'credentials, where they could be left out',
    secured([{}, { key: [] }]),
    secured([{ key: [] }]),
    `authentication-added at ${at}`,
  ],
  [
    'a way less to prove who calls',
    secured([{ key: [] }, { oauth: ['read'] }]),
    secured([{ oauth: ['read'] }]),
    `authentication-removed at ${at}`,
  ],
  [
    'a second proof',
    secured([{ key: [] }]),
    secured([{ key: [], oauth: [] }]),
    `authentication-removed at ${at}`,
  ],
  [
    'a scope more',
    secured([{ oauth: ['read'] }]),
    secured([{ oauth: ['read', 'write'] }]),
    `scope-added at ${at}`,
  ],
  [
    'a way more to prove who calls',
    secured([{ key: [] }]),
    secured([{ key: [] }, { oauth: [] }]),
    `authentication-allowed at ${at}`,
  ],
  [
    'no credentials any more',
    secured([{ key: [] }]),
    secured([]),
    `authentication-dropped at ${at}`,
  ],
  [
    'another cookie',
    secured([{ cookie: [] }], cookie('a')),
    secured([{ cookie: [] }], cookie('b')),
    'scheme-changed at security scheme cookie',
  ],
  [
    'an address of the service less',
    served('https://a.example.com', 'https://b.example.com'),
    served('https://b.example.com'),
    'server-removed at server https://a.example.com',
  ],
  [
    'an address of the service more',
    served('https://b.example.com'),
    served('https://a.example.com', 'https://b.example.com'),
    'server-added at server https://a.example.com',
  ],
  [
    'a kind of event less',
    told({ made: event(text) }),
    told({}),
    'webhook-removed at webhook made',
  ],
  ['a kind of event more', told({}), told({ made: event(text) }), 'webhook-added at webhook made'],
  [
    'a field of an event: it goes to receivers',
    told({ made: event(fields({ a: text })) }),
    told({ made: event(fields({ 'b!': text })) }),
    'answer-field-removed at webhook made: request, a',
    'answer-field-added at webhook made: request, b',
  ],
  [
    'a value of a callback: it goes to whoever asked',
    operation({ callbacks: { made: { '{$url}': event(one('x')) } } }),
    operation({ callbacks: { made: { '{$url}': event(one('x', 'y')) } } }),
    `answer-values-added at ${at}: callback made: request`,
  ],
];
