import type { AppRoute } from '@ts-rest/core';
import * as z from 'zod';
import { byName, type Json } from './components.ts';
import { codesByStatus, type Operation } from './operations.ts';
import { InputError, type Problem, type ProblemCode, problems } from './problems.ts';

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

/** The answers of operations. Each combination of problem codes is one named response. */
export class ResponseComponents {
  readonly #named = new Map<string, Answer>();

  of(operation: Operation, sketches: Record<string, Json>): Record<string, Json> {
    const promises = promised(operation.route, sketches);
    const answers: Record<string, Json> = { ...promises };
    for (const [status, codes] of codesByStatus(operation.problems)) {
      const promise = promises[status];
      const refusal = refusalOf(status, codes);
      answers[status] = promise ? either(promise, refusal) : this.#refer(codes, refusal);
    }
    return answers;
  }

  sorted() {
    return { headers, responses: byName(this.#named) };
  }

  #refer(codes: ProblemCode[], refusal: Answer): Json {
    const name = codes.map(pascal).join('Or');
    this.#named.set(name, refusal);
    return { $ref: `#/components/responses/${name}` };
  }
}

function promised(route: AppRoute, sketches: Record<string, Json>): Record<string, Answer> {
  const answers = Object.entries(route.responses).map(([status, schema]) => {
    const content = sketches[status]?.content as Record<string, Json> | undefined;
    const body =
      schema instanceof z.ZodType
        ? described(schema, content ?? {}, route)
        : { description: 'Done; there is nothing to say.' };
    return [status, { ...body, headers: refer(everyAnswer) }];
  });
  return Object.fromEntries(answers);
}

function refusalOf(status: number, codes: ProblemCode[]): Answer {
  const narrowed = { status: { const: status }, code: { type: 'string', enum: codes } };
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    headers: refer([...everyAnswer, ...(headersByStatus[status] ?? [])]),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: narrowed },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            { summary: problems[code].title, value: problemExample(code) },
          ]),
        ),
      },
    },
  };
}

/** One status for a promise and a refusal: the media type tells them apart. */
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

const headers = {
  'Access-Control-Allow-Origin': {
    description: 'The origin that asks, where this service lets it read the answer.',
    schema: { type: 'string', maxLength: 300, examples: ['https://app.example.com'] },
  },
  RateLimit: {
    description: 'What is left, and until when (draft-ietf-httpapi-ratelimit-headers-8).',
    schema: { type: 'string', maxLength: 200, examples: ['"address"; r=599; t=60'] },
  },
  'RateLimit-Policy': {
    description: 'The limit: how many requests in which window.',
    schema: { type: 'string', maxLength: 200, examples: ['"address"; q=600; w=60'] },
  },
  'Retry-After': {
    description: 'Seconds to wait before the next try.',
    schema: { type: 'integer', minimum: 0, maximum: 86_400, format: 'int32' },
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 9110).',
    schema: { type: 'string', maxLength: 200, examples: ['Bearer'] },
  },
  'X-Request-Id': {
    description: 'The id of this request, as in the log.',
    schema: { type: 'string', maxLength: 128, examples: ['01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11'] },
  },
} as const;

type HeaderName = keyof typeof headers;

const everyAnswer: HeaderName[] = [
  'X-Request-Id',
  'RateLimit',
  'RateLimit-Policy',
  'Access-Control-Allow-Origin',
];

const headersByStatus: Record<number, HeaderName[]> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

function refer(names: readonly HeaderName[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
