import { describe, expect, it } from 'vitest';
import { startApp, useApp } from '../kit/app.ts';

const friend = 'https://app.example.com';
const app = useApp({ CORS_ORIGINS: friend });
const liveness = '/api/v1/health/liveness';

describe('the request id', () => {
  const idFor = async (sent?: string) => {
    const answer = await app.request(liveness, { headers: sent ? { 'X-Request-Id': sent } : {} });
    return answer.headers.get('x-request-id');
  };

  it('is the one that the caller sent', async () => {
    expect(await idFor('trace.of:caller-0001')).toBe('trace.of:caller-0001');
  });

  it.each([
    'short',
    'has spaces inside',
    '"quoted-and-long"',
    '<script>alert(1)</script>',
    'x'.repeat(129),
  ])('is a new one where the caller sent %s', async (sent) => {
    expect(await idFor(sent)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is a new one for every request without one', async () => {
    expect(await idFor()).not.toBe(await idFor());
  });

  it('stands in the problem as well', async () => {
    const answer = await app.request('/nowhere', { headers: { 'X-Request-Id': 'lookup-me-up' } });
    expect(await answer.json()).toMatchObject({ requestId: 'lookup-me-up' });
  });
});

describe('another origin', () => {
  const ask = (origin: string, method = 'GET', headers = {}) =>
    app.request('/api/v1/me', { method, headers: { Origin: origin, ...headers } });

  it('reads the answer where it is allowed, problems included', async () => {
    const { headers, status } = await ask(friend);
    expect(status).toBe(401);
    expect(headers.get('access-control-allow-origin')).toBe(friend);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    expect(headers.get('vary')).toContain('Origin');
  });

  it.each(['https://evil.example', 'null', `${friend}.evil.example`])(
    'reads nothing as %s',
    async (origin) => {
      const { headers } = await ask(origin);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('asks in advance, and is told the methods', async () => {
    const preflight = { 'Access-Control-Request-Method': 'PATCH' };
    const { headers, status } = await ask(friend, 'OPTIONS', preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(headers.get('access-control-max-age')).toBe('600');
  });

  it('asks in advance in vain where it is not allowed', async () => {
    const preflight = { 'Access-Control-Request-Method': 'PATCH' };
    const { headers } = await ask('https://evil.example', 'OPTIONS', preflight);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

it('closes connections while the service stops', async () => {
  const stopping = await startApp();
  stopping.drain();
  const answer = await stopping.request(liveness);
  const ready = await stopping.request('/api/v1/health/readiness');
  await stopping.close();
  expect(answer.headers.get('connection')).toBe('close');
  expect([answer.status, ready.status]).toEqual([200, 503]);
});
