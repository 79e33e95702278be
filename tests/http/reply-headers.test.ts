import { describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { startApp, type TestApp, useApp } from '../kit/app.ts';
import { raw, requestText } from '../kit/raw.ts';

const frontend = 'https://app.example.com';
const app = useApp();
const secure = useApp({
  PUBLIC_URL: 'https://charter.test',
  CORS_ORIGINS: frontend,
  ALLOWED_HOSTS: 'api.internal,*.example.com',
  REQUEST_ID_HEADER: 'X-Correlation-Id',
  HSTS_MAX_AGE_SECONDS: '300',
  PAGE_CSP_SOURCES: 'https://cdn.example.com',
});
const liveness = '/api/v1/health/liveness';

/** What belongs to one answer, and not to all; and what the connection needs. */
const own = new Set([
  ...['connection', 'content-length', 'content-type', 'date', 'keep-alive'],
  ...['cache-control', 'ratelimit', 'ratelimit-policy', 'x-request-id'],
  'content-encoding',
  ...['www-authenticate', 'location', 'etag', 'last-modified', 'accept-ranges'],
]);

async function shared(path: string, from: TestApp = app): Promise<Record<string, string>> {
  const { headers } = await fetch(`${from.url}${path}`, { redirect: 'manual' });
  return Object.fromEntries([...headers].filter(([name]) => !own.has(name)));
}

const ofData = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': expect.stringContaining('X-Request-Id'),
  'content-security-policy': "default-src 'none';frame-ancestors 'none';sandbox",
  'cross-origin-resource-policy': 'same-origin',
  vary: 'Origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

describe('an answer', () => {
  it.each([liveness, '/api/v1/me', '/api/v1/nowhere', '/nowhere', '/docs/problems/nonsense'])(
    'carries what means something for data, and nothing else: %s',
    async (path) => expect(await shared(path)).toEqual(ofData),
  );

  it('carries the same where there was no request yet', async () => {
    const { headers } = await raw(app.url, 'hello\r\n\r\n');
    const sent = Object.entries(headers).filter(([name]) => !own.has(name));
    expect(Object.fromEntries(sent)).toEqual(ofData);
  });

  it('never names the framework, and has no ETag', async () => {
    const { headers } = await app.request(liveness);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('etag')).toBeNull();
  });
});

describe('a page', () => {
  const ofPages = {
    ...ofData,
    vary: 'Origin, Accept-Encoding',
    'content-security-policy':
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;" +
      "font-src 'self';connect-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  };

  it.each(['/docs', '/docs/problems', '/docs/problems/not_found', '/docs/assets/docs.css'])(
    'carries the full set: %s',
    async (path) => expect(await shared(path)).toEqual(ofPages),
  );

  it('loads from where the operator says, too; data loads nothing', async () => {
    const page = await shared('/docs', secure);
    expect(page['content-security-policy']).toContain(
      "script-src 'self' https://cdn.example.com;style-src 'self' https://cdn.example.com;",
    );
    expect((await shared(liveness, secure))['content-security-policy']).not.toContain('cdn');
  });
});

describe('TLS', () => {
  it('is promised where the service has it, for a year', async () => {
    const overTls = await startApp({ PUBLIC_URL: 'https://charter.test' });
    const answer = await shared(liveness, overTls);
    await overTls.close();
    expect(answer['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(await shared(liveness)).not.toHaveProperty('strict-transport-security');
  });

  it.each([liveness, '/docs'])('is promised for as long as the operator says: %s', async (path) => {
    const { 'strict-transport-security': promise } = await shared(path, secure);
    expect(promise).toBe('max-age=300; includeSubDomains');
  });
});

describe('a header of request ids with another name', () => {
  const ask = (path: string, headers = {}) => fetch(`${secure.url}${path}`, { headers });

  it('is read and sent, and stands in the problem', async () => {
    const answer = await ask('/api/v1/me', { 'X-Correlation-Id': 'lookup-me-up' });
    expect(answer.headers.get('x-correlation-id')).toBe('lookup-me-up');
    expect(answer.headers.get('x-request-id')).toBeNull();
    expect(await answer.json()).toMatchObject({ requestId: 'lookup-me-up' });
  });

  it('leaves the usual one without a meaning', async () => {
    const { headers } = await ask(liveness, { 'X-Request-Id': 'not-ours-at-all' });
    expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('can be read by a page of another origin', async () => {
    const { headers } = await ask(liveness, { Origin: frontend });
    expect(headers.get('access-control-expose-headers')).toMatch(/(^|,)X-Correlation-Id(,|$)/);
    expect(headers.get('access-control-expose-headers')).not.toContain('X-Request-Id');
  });

  it('is the one of a refusal before there is a request', async () => {
    const { headers, json } = await raw(secure.url, 'hello\r\n\r\n');
    expect(headers['x-correlation-id']).toBe(json.requestId);
  });

  it('is what the served document says', async () => {
    const document = (await (await ask('/api/v1/openapi.json')).json()) as OpenApiDocument;
    expect(document.components.headers).toHaveProperty('X-Correlation-Id');
    expect(JSON.stringify(document)).not.toContain('X-Request-Id');
  });
});

describe('a host', () => {
  const ask = (Host: string, to = secure, path = liveness) =>
    raw(to.url, requestText(`GET ${path}`, { Host }));

  it.each([
    ...['charter.test', 'CHARTER.test:443', 'api.internal', 'eu.example.com:8080'],
    ...['a.b.example.com', 'localhost:3000', '10.0.0.7', '[::1]:3000'],
  ])('of ours is answered: %s', async (host) => {
    expect((await ask(host)).status).toBe(200);
  });

  it.each([
    ...['evil.example', 'example.com', 'evilexample.com', 'api.internal.evil.example'],
    ...['api.internal@evil.example', 'api.internal:', ''],
  ])('of others is refused: %s', async (host) => {
    const { status, json } = await ask(host);
    expect([status, json.code]).toEqual([421, 'unknown_host']);
  });

  it('of others is refused for pages and unknown addresses as well', async () => {
    expect((await ask('evil.example', secure, '/docs')).status).toBe(421);
    expect((await ask('evil.example', secure, '/nowhere')).status).toBe(421);
  });

  it('may be any where the operator lists none', async () => {
    expect((await ask('evil.example', app)).status).toBe(200);
  });
});
