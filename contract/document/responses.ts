import * as z from 'zod';
import type { AppRoute } from '../kit/api.ts';
import { limit } from '../kit/facets/limit.ts';
import { type HeaderName, headers, onEveryAnswer, onRefusal } from '../kit/headers.ts';
import type { Json } from '../kit/json.ts';
import { codesByStatus, type Operation } from '../kit/operations.ts';
import { InputError, type Problem, type ProblemCode, problems } from '../kit/problems.ts';
import { byName } from './components.ts';
import { oauthContent } from './oauth-refusals.ts';

interface Answer extends Json {
  readonly description: string;
  readonly headers: Json;
  readonly content?: Record<string, Json>;
}

/** What OpenAPI says about a body: ts-rest's part, described and with the schema's example. */
export function described(schema: unknown, content: Record<string, Json>, route: AppRoute) {
  const { description, examples } = (schema as z.ZodType).meta() ?? {};
  const [example] = (examples ?? []) as unknown[];
  if (!description || !example) {
    throw new Error(
      `Each body of ${route.method} ${route.path} needs a description and an example`,
    );
  }
  const media = Object.entries(content).map(([type, { schema }]) => [type, { schema, example }]);
  return { description, content: Object.fromEntries(media) as Record<string, { schema: Json }> };
}

/** The answers of operations. Each combination of problem codes and headers is one named response. */
export class ResponseComponents {
  readonly #named = new Map<string, Answer>();

  of(operation: Operation, sketches: Record<string, Json>): Record<string, Json> {
    const promises = promised(operation, sketches);
    const answers: Record<string, Json> = { ...promises };
    for (const [status, codes] of codesByStatus(operation.problems, operation.errors)) {
      const promise = promises[status];
      const refusal = refusalOf(
        status,
        codes,
        {
          ...refer([...usual(operation), ...(onRefusal[status] ?? [])]),
          ...(codes.some((code) => mayPass.has(code)) && sometimesLater),
        },
        operation.errors,
      );
      answers[status] = promise
        ? either(promise, refusal)
        : this.#refer(nameOf(operation, codes), refusal);
    }
    // Linters and generators want a good answer of every operation, and one that redirects has none.
    const hasGood = Object.keys(promises).some((status) => status.startsWith('2'));
    return hasGood ? answers : { ...answers, default: noOther };
  }

  sorted() {
    // Sent by no operation: it stands in the answers of the server.
    const { Allow: _, ...ofOperations } = headers;
    return { headers: ofOperations, responses: byName(this.#named) };
  }

  /** @throws where another answer has the name: one of the two would be described as the other. */
  #refer(name: string, refusal: Answer): Json {
    const known = this.#named.get(name) ?? refusal;
    if (JSON.stringify(known) !== JSON.stringify(refusal)) {
      throw new Error(`Two different answers would be called ${name} in the document`);
    }
    this.#named.set(name, refusal);
    return { $ref: `#/components/responses/${name}` };
  }
}

/** From the codes, and from what its facets tell on it: most operations are limited and tell no more. */
function nameOf(operation: Operation, codes: ProblemCode[]): string {
  const isCounted = limit.headers.every((name) => operation.headers.includes(name));
  const more = operation.headers.filter((name) => !limit.headers.includes(name));
  const telling = more.length > 0 ? `With${more.map(withoutHyphens).join('And')}` : '';
  const shape = operation.errors === 'oauth' ? 'OAuth' : '';
  return shape + (isCounted ? '' : 'Uncounted') + codes.map(pascal).join('Or') + telling;
}

function withoutHyphens(name: HeaderName): string {
  return name.replaceAll('-', '');
}

/** The headers that every answer of the operation has, whatever its status. */
function usual({ headers }: Operation): HeaderName[] {
  return [...onEveryAnswer, ...headers];
}

function promised(operation: Operation, sketches: Record<string, Json>): Record<string, Answer> {
  const { route, sends, locate, streams, isLive, conditional, idempotency } = operation;
  const answers = Object.entries(route.responses).map(([status, schema]) => {
    const content = sketches[status]?.content as Record<string, Json> | undefined;
    const body = bodyOf(status, schema, content ?? {}, operation);
    const own: HeaderName[] = [
      ...(status === '201' && locate ? (['Location'] as const) : []),
      ...(streams && !isLive ? (['Content-Disposition'] as const) : []),
      ...(isLive ? (['X-Accel-Buffering'] as const) : []),
      ...(status === '200' && conditional ? (['ETag'] as const) : []),
      ...(idempotency?.keeps === 'answer' ? (['Idempotency-Replayed'] as const) : []),
    ];
    const told = refer([...usual(operation), ...own, ...sends]);
    return [status, { ...body, headers: { ...told, ...keptHeaders(operation) } }];
  });
  const notModified = {
    description: 'It still is what `If-None-Match` names; there is nothing to say.',
    headers: { ...refer([...usual(operation), 'ETag']), ...keptHeaders(operation) },
  };
  return { ...Object.fromEntries(answers), ...(conditional?.isRead && { 304: notModified }) };
}

/** Word for word, where a good answer may be kept: proxies go by it. */
function keptHeaders({ cacheControl, vary }: Operation): Json {
  if (cacheControl === 'no-store') return {};
  const schema = { type: 'string', enum: [cacheControl] };
  return {
    'Cache-Control': { ...headers['Cache-Control'], schema },
    ...(vary === undefined ? {} : refer(['Vary'])),
  };
}

/** Refusals that pass by themselves, beside others of their status. */
const mayPass: ReadonlySet<ProblemCode> = new Set(['idempotency_key_in_use']);
const sometimesLater = { 'Retry-After': { ...headers['Retry-After'], required: false } };

const noOther = { description: 'No other answer is promised.' };
const goOn = 'Go on at the address in `Location`.';

function bodyOf(
  status: string,
  schema: unknown,
  content: Record<string, Json>,
  { route, streams }: Operation,
) {
  if (!(schema instanceof z.ZodType)) {
    return { description: status === '303' ? goOn : 'Done; there is nothing to say.' };
  }
  if (!streams) return described(schema, content, route);
  const [media] = Object.values(content) as { schema: Json }[];
  const { description = '', ...bytes } = media?.schema ?? {};
  return {
    description: String(description),
    content: Object.fromEntries(streams.map((type) => [type, { schema: bytes }])),
  };
}

function refusalOf(status: number, codes: ProblemCode[], headers: Json, shape?: 'oauth'): Answer {
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    headers,
    content: shape === 'oauth' ? oauthContent(codes) : problemContent(status, codes),
  };
}

function problemContent(status: number, codes: ProblemCode[]): Record<string, Json> {
  const narrowed = {
    status: { type: 'integer', format: 'int32', minimum: status, maximum: status, enum: [status] },
    code: { type: 'string', enum: codes },
  };
  return {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: narrowed }],
      },
      examples: Object.fromEntries(
        codes.map((code) => [code, { summary: problems[code].title, value: problemExample(code) }]),
      ),
    },
  };
}

const serverCodes: ProblemCode[] = [
  'malformed_request',
  'not_found',
  'method_not_allowed',
  'not_acceptable',
  'request_timeout',
  'unknown_host',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'service_unavailable',
];

/** What the server itself refuses, in front of every operation. What it cannot read is not counted. */
export function serverAnswers(): Record<string, Answer> {
  const counted = limit.headers.map((name) => [name, { ...headers[name], required: false }]);
  const answers = [...codesByStatus(serverCodes)].map(([status, codes]) => {
    const plain = [...onEveryAnswer, ...(onRefusal[status] ?? [])].map((name) => [
      name,
      headers[name],
    ]);
    return [status, refusalOf(status, codes, Object.fromEntries([...plain, ...counted]))];
  });
  return Object.fromEntries(answers);
}

/** One status for a promise and a refusal: they differ in their media type. */
function either(promise: Answer, refusal: Answer): Answer {
  return {
    description: `${promise.description} Or ${refusal.description}`,
    headers: { ...promise.headers, ...refusal.headers },
    content: { ...promise.content, ...refusal.content },
  };
}

/** What a caller gets to see for a code. */
export function problemExample(code: ProblemCode, publicUrl = 'https://api.example.com'): Problem {
  const { status, title } = problems[code];
  const errors = InputError.meta()?.examples as InputError[];
  return {
    type: `${publicUrl}/docs/problems/${code}`,
    title,
    status,
    detail: `${title}.`,
    code,
    requestId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    ...(code === 'validation_failed' && { errors }),
  };
}

function pascal(code: string): string {
  return code.replace(/(^|_)([a-z])/g, (_match, _start, letter: string) => letter.toUpperCase());
}

function refer(names: readonly HeaderName[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
