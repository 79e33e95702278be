import type { Json } from './json.ts';

interface Header extends Json {
  readonly description: string;
  /** Whether it is always there, where an answer declares it. */
  readonly required: boolean;
  readonly schema: Json;
}

const text = (maxLength: number, ...examples: string[]) => ({
  type: 'string',
  maxLength,
  ...(examples.length > 0 && { examples }),
});

/** What an answer may tell in a header. A handler that sends another one does not compile. */
export const headers = {
  'Access-Control-Allow-Origin': {
    description: 'The origin that asks, where this service lets it read the answer.',
    required: false,
    schema: text(300, 'https://app.example.com'),
  },
  Allow: {
    description: 'The methods that this address knows.',
    required: true,
    schema: text(100, 'GET, HEAD, OPTIONS'),
  },
  'Cache-Control': {
    description: 'Whether the answer may be kept, and by whom. What is refused never may.',
    required: true,
    schema: text(100, 'no-store'),
  },
  'Content-Disposition': {
    description: 'What to save the answer as (RFC 6266).',
    required: true,
    schema: text(2000, 'attachment; filename="account.zip"'),
  },
  Deprecation: {
    description: 'Since when the operation is deprecated (RFC 9745), in seconds since 1970.',
    required: true,
    schema: { ...text(20, '@1796083200'), pattern: '^@\\d{1,12}$' },
  },
  ETag: {
    description: 'Tells this state of what is shown from every other one (RFC 9110, 8.8.3).',
    required: true,
    schema: {
      ...text(45, '"dnQCFhcVkZA829GPvHcN9EfFsWcQBcoAIJIqRlu6AXI"'),
      pattern: '^"[\\w-]{43}"$',
    },
  },
  'Idempotency-Replayed': {
    description: 'Present where the answer was given before, to the same key: nothing was done.',
    required: false,
    schema: { type: 'string', enum: ['true'] },
  },
  Link: {
    description: 'Where it says what to call instead (RFC 9745, 3).',
    required: true,
    schema: text(2000, '<https://api.example.com/docs>; rel="deprecation"; type="text/html"'),
  },
  Location: {
    description: 'The address of what was created, or where to go on.',
    required: true,
    schema: {
      ...text(2000, '/api/v1/users/01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11'),
      format: 'uri-reference',
    },
  },
  RateLimit: {
    description: 'What is left, and until when (draft-ietf-httpapi-ratelimit-headers-8).',
    required: true,
    schema: text(200, '"address"; r=599; t=60'),
  },
  'RateLimit-Policy': {
    description: 'The limit: how many requests in which window.',
    required: true,
    schema: text(200, '"address"; q=600; w=60'),
  },
  'Retry-After': {
    description: 'Seconds to wait before the next try.',
    required: true,
    schema: { type: 'integer', minimum: 0, maximum: 86_400, format: 'int32', examples: [30] },
  },
  'Set-Cookie': {
    description:
      'A cookie of a browser, set or cleared: its session, or what ties a sign-in to it. No script ever reads it.',
    required: false,
    schema: text(
      4096,
      '__Host-session=AZlMHnoAfRCKOSt8tqTAAQ; HttpOnly; Secure; SameSite=Lax; Path=/',
    ),
  },
  Sunset: {
    description: 'From when on the operation may be gone (RFC 8594).',
    required: true,
    schema: text(40, 'Tue, 01 Jun 2027 00:00:00 GMT'),
  },
  Vary: {
    description: 'What a kept answer depends on: another caller may get another one.',
    required: true,
    schema: { type: 'string', enum: ['Origin, Authorization, Cookie'] },
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 9110).',
    required: true,
    schema: text(200, 'Bearer'),
  },
  'X-Accel-Buffering': {
    description: 'Tells proxies to hand on at once what comes.',
    required: true,
    schema: { type: 'string', enum: ['no'] },
  },
  'X-Request-Id': {
    description: 'The id of this request, as in the log.',
    required: true,
    schema: text(128, '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11'),
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof headers;

/** Its default name: an operator may choose another one. */
export const requestIdHeader = 'X-Request-Id' satisfies HeaderName;

/** Every answer has these. What else it has follows from what its operation declares. */
export const onEveryAnswer = [
  'X-Request-Id',
  'Cache-Control',
  'Access-Control-Allow-Origin',
] as const satisfies HeaderName[];

export const onRefusal: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

// The rest reaches scripts of other origins without asking, or must not reach them at all.
const notExposed: ReadonlySet<string> = new Set<HeaderName>([
  'Access-Control-Allow-Origin',
  'Cache-Control',
  'Set-Cookie',
  'Vary',
  'X-Accel-Buffering',
]);

/** What a browser lets a script of another origin read. */
export const exposedHeaders = Object.keys(headers).filter((name) => !notExposed.has(name));

function always(value: string): Omit<Header, 'description'> {
  return { required: true, schema: { type: 'string', enum: [value] } };
}

/**
 * On every answer as well, for browsers and proxies rather than for callers: declared once, in
 * `x-every-answer` of the document. Of the security headers, those that mean something for data
 * (OWASP REST Security Cheat Sheet, "Security Headers"); pages carry more (decision 0034).
 */
export const silentHeaders: Readonly<Record<string, Omit<Header, 'description'>>> = {
  'Access-Control-Allow-Credentials': always('true'),
  'Access-Control-Expose-Headers': always(exposedHeaders.join(',')),
  'Content-Security-Policy': always("default-src 'none';frame-ancestors 'none';sandbox"),
  'Cross-Origin-Resource-Policy': always('same-origin'),
  // Where the operator lets answers say how long their steps took.
  'Server-Timing': {
    required: false,
    schema: { type: 'string', maxLength: 200, pattern: '^([a-z]+;dur=\\d+\\.\\d(, )?)+$' },
  },
  // Where the service is reached by https; how long is a setting.
  'Strict-Transport-Security': {
    required: false,
    schema: { type: 'string', maxLength: 40, pattern: '^max-age=\\d{1,8}; includeSubDomains$' },
  },
  Vary: always('Origin'),
  'X-Content-Type-Options': always('nosniff'),
  'X-Frame-Options': always('DENY'),
};
