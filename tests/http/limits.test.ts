import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.ts';
import { raw } from '../kit/raw.ts';

const keys = '/.well-known/jwks.json';
const friend = 'https://app.example.com';
const settings = { RATE_LIMIT_PER_MINUTE: '3', CORS_ORIGINS: friend };

async function exhausted(app: TestApp, headers: Record<string, string> = {}): Promise<Response> {
  for (let count = 0; count < 3; count += 1) await app.request(keys, { headers });
  return app.request(keys, { headers });
}

const from = (address: string) => ({ 'X-Forwarded-For': address });

describe('more requests than allowed', () => {
  let app: TestApp;
  let refused: Response;

  beforeAll(async () => {
    app = await startApp(settings);
    refused = await exhausted(app, { Origin: friend, 'X-Request-Id': 'one-too-many' });
  });
  afterAll(() => app.close());

  it('are refused with a problem that says how long to wait', async () => {
    expect(await refused.clone().json()).toMatchObject({
      status: 429,
      code: 'rate_limited',
      requestId: 'one-too-many',
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('are told the limit and what is left', () => {
    expect(refused.headers.get('ratelimit-policy')).toMatch(/^"address"; q=3; w=60/);
    expect(refused.headers.get('ratelimit')).toMatch(/^"address"; r=0; t=\d+/);
  });

  it('get the headers of every other answer', () => {
    expect(refused.headers.get('x-request-id')).toBe('one-too-many');
    expect(refused.headers.get('access-control-allow-origin')).toBe(friend);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(refused.headers.get('cache-control')).toBe('no-store');
  });

  it('leave a line in the log', () => {
    expect(app.logs).toContainEqual(
      expect.objectContaining({ msg: 'request', requestId: 'one-too-many', status: 429 }),
    );
  });

  it('do not stop the probes', async () => {
    for (const probe of ['liveness', 'readiness']) {
      expect((await app.request(`/api/v1/health/${probe}`)).status).toBe(200);
    }
  });

  it('are counted when they are malformed, too', async () => {
    const answer = await raw(
      app.url,
      'GET /.well-known/jwks.json HTTP/1.1\r\nConnection: close\r\n\r\n',
    );
    expect(answer.json).toMatchObject({ status: 429, code: 'rate_limited' });
  });

  it('are refused at unknown addresses, too', async () => {
    expect((await app.request('/nowhere')).status).toBe(429);
  });

  it('are counted whatever address the caller claims to have', async () => {
    expect((await app.request(keys, { headers: from('203.0.113.9') })).status).toBe(429);
  });
});

describe('behind a proxy that is trusted', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ ...settings, TRUST_PROXY: 'loopback' });
  });
  afterAll(() => app.close());

  const statusFrom = async (address: string) =>
    (await app.request(keys, { headers: from(address) })).status;

  it('each client counts on its own', async () => {
    expect((await exhausted(app, from('203.0.113.1'))).status).toBe(429);
    expect(await statusFrom('203.0.113.2')).toBe(200);
  });

  it('what the client wrote in front of its address does not count', async () => {
    await exhausted(app, from('203.0.113.3'));
    expect(await statusFrom('198.51.100.77, 203.0.113.3')).toBe(429);
  });

  it('an IPv6 client counts by its network', async () => {
    await exhausted(app, from('2001:db8:1:2::1'));
    expect(await statusFrom('2001:db8:1:2:ffff::9')).toBe(429);
    expect(await statusFrom('2001:db8:1:3::1')).toBe(200);
  });

  it('an IPv4 client counts as one, however it is written', async () => {
    await exhausted(app, from('203.0.113.4'));
    expect(await statusFrom('::ffff:203.0.113.4')).toBe(429);
  });

  it.each(['', 'unknown', '"><script>', '203.0.113.5:4711'])(
    'an address that is none is answered: %s',
    async (address) => {
      expect(await statusFrom(address)).toBe(200);
    },
  );
});
