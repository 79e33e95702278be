import { generateOpenApiAsync } from '@ts-rest/open-api';
import * as z from 'zod';
import { isInPerson } from '../kit/access.ts';
import type { AppRoute, AppRouter } from '../kit/api.ts';
import type { Kept } from '../kit/facets/cache.ts';
import { type Deprecation, deprecationProse } from '../kit/facets/deprecated.ts';
import { OAuthError } from '../kit/facets/errors.ts';
import type { LimitGroup } from '../kit/facets/limit.ts';
import type { Staleness } from '../kit/facets/staleness.ts';
import { silentHeaders } from '../kit/headers.ts';
import type { Json } from '../kit/json.ts';
import { hasBody, isPageOperation, type Operation, operationsOf } from '../kit/operations.ts';
import { Problem } from '../kit/problems.ts';
import { service } from '../service.ts';
import { described } from './bodies.ts';
import { type CodeSample, codeSample } from './code-samples.ts';
import { SchemaComponents } from './components.ts';
import { type Deployment, deployed } from './deployment.ts';
import { serverAnswers } from './refusals.ts';
import { ResponseComponents } from './responses.ts';
import { type Security, securityOf, securitySchemes } from './security.ts';
import { type Told, type Webhook, webhooksOf, webhookTag } from './webhooks.ts';

export interface OpenApiDocument {
  openapi: string;
  info: Json;
  servers: Json[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  /** What is told to others: by its name, as the request that they get. */
  webhooks?: Record<string, { post: Webhook }>;
  components: { schemas: Record<string, Json>; responses: Record<string, Json> } & Json;
  /** Headers that are the same everywhere, and of no use to a caller: listed once. */
  'x-every-answer'?: Record<string, Json>;
  /** What may come back from any address, known or not. */
  'x-server-answers'?: Record<string, Json>;
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: [string];
  security: Security[];
  parameters?: OpenApiParameter[];
  requestBody?: { content: Record<string, { schema: Json }> } & Json;
  responses: Record<string, Json>;
  deprecated?: true;
  'x-deprecated'?: Deprecation;
  'x-permission'?: string;
  'x-recent-login'?: true;
  'x-in-person'?: true;
  'x-limit'?: LimitGroup;
  'x-cache'?: Kept;
  'x-staleness'?: Staleness;
  'x-page'?: true;
  'x-credentials'?: 'keep' | 'forget';
  'x-errors'?: 'oauth';
  'x-conditional'?: true;
  'x-streams'?: true;
  'x-live'?: true;
  'x-idempotency'?: 'replays' | 'once';
  'x-idempotency-key'?: 'required';
  'x-safety'?: true;
  'x-compliance'?: true;
  'x-codeSamples'?: CodeSample[];
}

export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Json;
  description?: string;
}

const description = `Everything this service promises, generated from its contract.

**Errors** are problems after RFC 9457 with a stable \`code\`; each operation lists the codes it can
answer. Where OAuth libraries call (\`x-errors\`), they look as RFC 6749 says. The server itself may
also answer 400 \`malformed_request\` to what is no HTTP, 404 \`not_found\` for an unknown address,
405 \`method_not_allowed\` with \`Allow\`, 408 \`request_timeout\`, 421 \`unknown_host\` and 431
\`headers_too_large\` (\`x-server-answers\`).

**Headers**: each answer lists what it tells a caller. What every answer carries for browsers and
proxies is listed once, in \`x-every-answer\`: ${Object.keys(silentHeaders)
  .map((name) => `\`${name}\``)
  .join(', ')}.

**Signing in**: browsers hold a cookie, programs an access and a refresh token (see \`auth\`), or an
API key, or the tokens that a service account gets for one.
While an \`Authorization\` header is sent, it decides alone.

**Sending again**: what creates takes an \`Idempotency-Key\` (\`x-idempotency\`): a request that got no answer can
be sent again, and is done once.

**Lists** are paged by cursor: send \`nextCursor\` back as \`cursor\` until it is null.`;

const head = {
  openapi: '3.1.1',
  info: {
    title: service.title,
    version: service.apiVersion,
    description,
    license: service.license,
    contact: service.contact,
  },
};

/**
 * The OpenAPI 3.1 document of a contract. Needs no environment and no database.
 * @param tags noun → what it is about.
 * @param told what leaves the house by itself.
 */
export async function openApiDocument(
  contract: AppRouter,
  tags: Readonly<Record<string, string>>,
  told?: Told,
  deployment: Deployment = {},
): Promise<OpenApiDocument> {
  const schemas = new SchemaComponents();
  schemas.convert(Problem, 'output');
  schemas.convert(OAuthError, 'output');
  const responses = new ResponseComponents();
  const paths = await describePaths(contract, schemas, responses);
  const webhooks = told && webhooksOf(told, schemas);
  const allTags = { ...tags, ...(told && webhookTag) };
  const components = { securitySchemes, ...responses.sorted(), schemas: schemas.sorted() };
  const document: OpenApiDocument = {
    ...head,
    tags: Object.entries(allTags).map(([name, prose]) => ({ name, description: prose })),
    servers: [
      {
        url: deployment.url ?? '/',
        description: 'This service: local, staging or production.',
        'x-internal': false,
      },
    ],
    paths,
    ...(webhooks && { webhooks }),
    components,
    'x-every-answer': silentHeaders,
    'x-server-answers': serverAnswers(),
  };
  return deployed(document, deployment);
}

/** ts-rest walks the routes and their parameters; what it does not know is added here. */
async function describePaths(
  contract: AppRouter,
  schemas: SchemaComponents,
  responses: ResponseComponents,
) {
  const operations = new Map<AppRoute, Operation>(
    operationsOf(contract).map((operation) => [operation.route, operation]),
  );
  const generated = await generateOpenApiAsync(
    contract,
    { info: head.info },
    {
      schemaTransformer: async ({ schema, type }) =>
        schema instanceof z.ZodType
          ? schemas.convert(schema, type === 'response' ? 'output' : 'input')
          : null,
      operationMapper: (sketch, route) => {
        const operation = operations.get(route);
        if (!operation) throw new Error(`${route.method} ${route.path} is not in the contract`);
        // ts-rest types its operations after OpenAPI 3.0; ours are 3.1.
        return describe(sketch as unknown as OpenApiOperation, operation, responses) as never;
      },
    },
  );
  return generated.paths as unknown as OpenApiDocument['paths'];
}

function describe(
  sketch: OpenApiOperation,
  operation: Operation,
  responses: ResponseComponents,
): OpenApiOperation {
  const { access, route, deprecation } = operation;
  const parameters = [...(sketch.parameters ?? []), ...operation.parameters];
  const security = securityOf(operation);
  const input = {
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody(route) && { requestBody: requestBody(sketch, route, operation.upload) }),
  };
  const answers = responses.of(operation, sketch.responses);
  return {
    operationId: operation.operationId,
    summary: sketch.summary,
    description: [sketch.description, deprecation && deprecationProse(deprecation)]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    tags: [operation.noun],
    security,
    ...(access.kind === 'requires' && { 'x-permission': access.permission }),
    ...('recentLogin' in access && { 'x-recent-login': true as const }),
    ...(isInPerson(access) && { 'x-in-person': true as const }),
    ...(isPageOperation(operation) && { 'x-page': true as const }),
    ...operation.described,
    'x-codeSamples': [codeSample(operation, { ...input, security, responses: answers })],
    ...input,
    responses: answers,
  };
}

function requestBody(
  sketch: OpenApiOperation,
  route: AppRoute & { body: object },
  upload: Operation['upload'],
) {
  const { description, content } = described(route.body, sketch.requestBody?.content ?? {}, route);
  // Which types a file may have, a schema cannot say.
  const encoding = upload && { [upload.field]: { contentType: upload.mediaTypes.join(', ') } };
  const medias = Object.entries(content).map(([type, media]) => [type, { ...media, encoding }]);
  return { description, content: encoding ? Object.fromEntries(medias) : content, required: true };
}
