import { limit } from '../kit/facets/limit.ts';
import { headers, onEveryAnswer, onRefusal } from '../kit/headers.ts';
import type { Json } from '../kit/json.ts';
import { codesByStatus } from '../kit/operations.ts';
import { InputError, type Problem, type ProblemCode, problems } from '../kit/problems.ts';
import { oauthContent, oauthExample } from './oauth-refusals.ts';

/** An answer as the document has it. */
export interface Answer extends Json {
  readonly description: string;
  readonly headers: Json;
  readonly content?: Record<string, Json>;
}

/** How a refusal looks: after RFC 9457, or after RFC 6749 where OAuth libraries call. */
export type Shape = 'oauth' | undefined;

export function refusalOf(
  status: number,
  codes: readonly ProblemCode[],
  { headers, examples, shape }: { headers: Json; examples: Json; shape?: Shape },
): Answer {
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    headers,
    content:
      shape === 'oauth' ? oauthContent(codes, examples) : problemContent(status, codes, examples),
  };
}

function problemContent(status: number, codes: readonly ProblemCode[], examples: Json) {
  const narrowed = {
    status: { type: 'integer', format: 'int32', minimum: status, maximum: status, enum: [status] },
    code: { type: 'string', enum: codes },
  };
  return {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: narrowed }],
      },
      examples,
    },
  };
}

/** What its components are called: as the code is. `OAuthRateLimited` of `rate_limited`, after RFC 6749. */
export function refusalName(code: ProblemCode, shape?: Shape): string {
  const pascal = code.replace(/(^|_)([a-z])/g, (_match, _start, letter: string) =>
    letter.toUpperCase(),
  );
  return shape === 'oauth' ? `OAuth${pascal}` : pascal;
}

export function exampleOf(code: ProblemCode, shape?: Shape): Json {
  const value = shape === 'oauth' ? oauthExample(code) : problemExample(code);
  return { summary: problems[code].title, value };
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
    // Linters look for no references in extensions: all of it stands there.
    const examples = Object.fromEntries(codes.map((code) => [code, exampleOf(code)]));
    const headersOf = Object.fromEntries([...plain, ...counted]);
    return [status, refusalOf(status, codes, { headers: headersOf, examples })];
  });
  return Object.fromEntries(answers);
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
