import {
  answers,
  document,
  fields,
  json,
  operation,
  type Pair,
  text,
  whole,
} from '../documents.ts';

const done = { description: 'Done.' };
const got = (schema: object) => ({ responses: { 200: { ...done, content: json({ ...schema }) } } });
const a = fields({ a: text });
const b = fields({ a: whole });
const region = (usual: string, ...others: string[]) => {
  const variables = { r: { default: usual, enum: others } };
  return document({}, { servers: [{ url: 'https://{r}.example.com', variables }] });
};
const servedAt = (...urls: string[]) => {
  const get = { servers: urls.map((url) => ({ url })), responses: { 200: done } };
  return document({ '/x': { get } }, { servers: [{ url: 'https://example.com/v1' }] });
};
const told = (schema: object) => ({
  post: { requestBody: { content: json({ ...schema }) }, responses: { 200: done } },
});
const calls = (callbacks: object) => operation({ callbacks: { done: { ...callbacks } } });
const media = (types: Record<string, object>) => {
  const content = Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [type, { schema }]),
  );
  return operation({ responses: { 200: { ...done, content } } });
};
const [v1, v2] = ['application/json; version=1', 'application/json; version=2'];
const exposes = (names: string) => {
  const schema = { type: 'string', enum: [names] };
  return operation({}, { 'x-every-answer': { 'Access-Control-Expose-Headers': { schema } } });
};
const answered = (responses: object) => operation({ responses: { ...responses } });
const exposed = 'every answer, Access-Control-Expose-Headers';

/** Where an operation is, where it calls back, and what stands beside what at one place. */
export const addressPairs: readonly Pair[] = [
  [
    'a server that a variable may not name any more',
    region('eu', 'eu', 'us'),
    region('eu', 'eu'),
    'server-removed at server https://us.example.com',
  ],
  ['another usual one of the same servers', region('eu', 'eu', 'us'), region('us', 'eu', 'us')],
  [
    'an operation that is served elsewhere',
    servedAt('https://files.example.com'),
    servedAt('https://bytes.example.com'),
    'server-removed at GET /x',
    'server-added at GET /x',
  ],
  [
    'what all have, said at an operation',
    document(
      { '/x': { get: { responses: {} } } },
      { servers: [{ url: 'https://example.com/v1' }] },
    ),
    document(
      { '/x': { servers: [{ url: 'https://example.com/v1/' }], get: { responses: {} } } },
      { servers: [{ url: 'https://example.com/v1' }] },
    ),
  ],
  [
    'one of two addresses of the same pattern',
    document({ '/t/{id}': { get: got(a) }, '/t/{name}': { put: got(a) } }),
    document({ '/t/{id}': { get: got(b) }, '/t/{name}': { put: got(a) } }),
    'answer-type-widened at GET /t/{id}: 200, a',
  ],
  [
    'the second of two callbacks',
    calls({ one: told(a), two: told(a) }),
    calls({ one: told(a), two: told(b) }),
    'answer-type-widened at POST /things: callback done: request, a',
  ],
  [
    'a callback to an address that is found elsewhere',
    calls({ '{$request.body#/url}': told(a) }),
    calls({ '{$request.body#/hook}': told(a) }),
  ],
  [
    'the older of two versions of a media type',
    media({ [v1]: a, [v2]: a }),
    media({ [v1]: b, [v2]: a }),
    `answer-type-widened at POST /things: 200 (${v1}), a`,
  ],
  [
    'one of two versions of a media type that is gone',
    media({ [v1]: a, [v2]: a }),
    media({ [v2]: a }),
    'answer-media-type-removed at POST /things: 200',
  ],
  ['a charset', media({ 'application/json': a }), media({ 'application/json; charset=utf-8': a })],
  [
    'bytes, in the words of 3.0',
    media({ 'image/png': { type: 'string', format: 'binary' } }),
    media({ 'image/png': {} }),
  ],
  [
    'a header that pages may not read any more',
    exposes('ETag,Link'),
    exposes('Link'),
    `header-removed at ${exposed}`,
  ],
  [
    'a header that pages may read now',
    exposes('Link'),
    exposes('ETag,Link'),
    `header-added at ${exposed}`,
  ],
  ['a range that is listed', answered({ '2XX': done }), answered({ 200: done, 201: done })],
  [
    'a range where one was listed',
    answered({ 200: done }),
    answered({ '2XX': done }),
    'answer-status-added at POST /things: 2XX',
  ],
  [
    'a value more in the only answer',
    answered({ default: { ...done, content: json({ enum: ['x'] }) } }),
    answered({ default: { ...done, content: json({ enum: ['x', 'y'] }) } }),
    'answer-values-added at POST /things: DEFAULT',
  ],
  [
    'a flow of OAuth more',
    oauth({ clientCredentials: {} }),
    oauth({ clientCredentials: {}, password: {} }),
    'authentication-allowed at security scheme o',
  ],
  [
    'a flow of OAuth less',
    oauth({ clientCredentials: {}, password: {} }),
    oauth({ clientCredentials: {} }),
    'scheme-changed at security scheme o',
  ],
  ['a version without its last number', answers(a), { ...answers(a), openapi: '3.1' }],
  ['a version that YAML took for a number', answers(a), { ...answers(a), openapi: 3.1 }],
];

function oauth(flows: object) {
  const securitySchemes = { o: { type: 'oauth2', flows } };
  return operation({ security: [{ o: [] }] }, { components: { securitySchemes } });
}
