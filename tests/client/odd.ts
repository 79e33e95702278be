import type { OpenApiDocument, OpenApiOperation } from '../../contract/document/openapi.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const ref = (id: string) => ({ $ref: `#/components/schemas/${id}` });

const problem = {
  type: 'object',
  properties: {
    code: { type: 'string', enum: ['gone_away', 'not_found'] },
    requestId: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: { type: 'array', items: ref('InputError') },
  },
  required: ['code', 'requestId', 'status', 'detail'],
};

/** Everything that a name, a shape or a text can do to a generator that writes them as they come. */
const odd: Record<string, object> = {
  Problem: problem,
  InputError: { type: 'object', properties: {}, additionalProperties: false },
  Unused: { type: 'string' },
  Connection: { type: 'object', description: 'Ends */ here.\n@param not', properties: {} },
  'oauth.client-v2': {
    type: 'object',
    properties: {
      'odd-key': { type: 'string', default: "it's", deprecated: true },
      'a"b\'c\\d\ne': { type: ['number', 'null'] },
      constructor: { const: "it's" },
      class: { enum: ['a | b', 'say "so"', 3, true, null] },
      pair: { type: 'array', prefixItems: [{ type: 'string' }, ref('Connection')] },
      scopes: { type: 'array', items: { enum: Array.from({ length: 9 }, (_, i) => `scope:${i}`) } },
      byName: { type: 'object', additionalProperties: ref('oauth.client-v2') },
      byKind: { type: 'object', propertyNames: { enum: ['x', 'y-z'] }, required: ['x'] },
      maybe: {
        anyOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { type: 'null' }],
      },
      both: { allOf: [ref('Connection'), { anyOf: [ref('Problem'), { type: 'null' }] }] },
      rows: { type: 'array', items: { type: 'object', properties: { n: { type: 'number' } } } },
      never: { not: {} },
      anything: {},
    },
    required: ['constructor', 'odd-key'],
    additionalProperties: {},
  },
};

const refusal = (status: number, codes?: string[]) => ({
  content: {
    'application/problem+json': {
      schema: codes
        ? { allOf: [ref('Problem'), { properties: { code: { enum: codes } } }] }
        : ref('Problem'),
    },
  },
  description: String(status),
});

/** A small document, valid as a whole, with the paths that a test asks for. */
export function oddDocument(paths: OpenApiDocument['paths'] = oddPaths): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {},
    servers: [],
    tags: [{ name: 'well-known things', description: 'Odd, all of them. */' }],
    paths,
    components: { schemas: odd as never, responses: { Gone: refusal(410, ['gone_away']) } },
  };
}

export function operation(operationId: string, more: object = {}): OpenApiOperation {
  return {
    operationId,
    summary: 'Do it',
    description: 'Does it.',
    tags: ['well-known things'],
    security: [],
    responses: { 204: { description: 'Done.' } },
    ...more,
  };
}

const oddPaths: OpenApiDocument['paths'] = {
  '/things/{thing-id}/{class}': {
    delete: operation('delete', {
      parameters: [
        { name: 'thing-id', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'class', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'filter[name]', in: 'query', schema: { type: 'array', items: {} } },
      ],
      responses: { 204: { description: 'Done.' }, 410: { $ref: '#/components/responses/Gone' } },
    }),
    post: operation('well-known.things.import-all_v2', {
      requestBody: json({ anyOf: [ref('oauth.client-v2'), { type: 'array', items: {} }] }),
      responses: {
        200: json(ref('Connection')),
        202: json({ type: 'null' }),
        503: { content: { ...json(ref('Connection')).content, ...refusal(503).content } },
      },
    }),
  },
  '/other': { get: operation('constructor', { tags: ['2FA'] }) },
};
