import { describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { raw, requestText } from '../kit/raw.ts';

const app = useApp();
const liveness = '/api/v1/health/liveness';

describe('a known address', () => {
  it('answers HEAD as GET without a body', async () => {
    const [head, get] = [
      await app.request(liveness, { method: 'HEAD' }),
      await app.request(liveness),
    ];
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(await head.text()).toBe('');
  });

  it('tells its methods', async () => {
    const answer = await app.request('/api/v1/me', { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('GET, PATCH, HEAD, OPTIONS');
  });

  it.each(['PUT', 'DELETE', 'POST', 'TRACE', 'PROPFIND', 'QUERY'])(
    'refuses %s and tells its methods',
    async (method) => {
      const answer = await raw(app.url, requestText(`${method} /api/v1/me`));
      expect(answer.json).toMatchObject({ status: 405, code: 'method_not_allowed' });
      expect(answer.headers.allow).toBe('GET, PATCH, HEAD, OPTIONS');
    },
  );

  it('tells methods for an address with a parameter, too', async () => {
    const answer = await app.request('/api/v1/users/anything', { method: 'POST' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, PATCH, DELETE, HEAD, OPTIONS');
  });

  it('knows no method that nobody knows', async () => {
    const answer = await raw(app.url, requestText('BREW /api/v1/me'));
    expect(answer.json).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('is no tunnel', async () => {
    const answer = await raw(app.url, requestText('CONNECT example.com:443'));
    expect(answer.status).toBeNaN();
  });
});

describe('an unknown address', () => {
  it.each(['/nowhere', '/api/v1', '/api/v2/me', '/api/v1/users/a/b', '/.git/config', '/%2e%2e/'])(
    'is a problem: %s',
    async (path) => {
      const answer = await raw(app.url, requestText(`GET ${path}`));
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found' });
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    },
  );

  it('is a problem for every method', async () => {
    const answer = await app.request('/nowhere', { method: 'DELETE' });
    expect(await answer.json()).toMatchObject({ code: 'not_found', status: 404 });
  });
});

describe('the Accept header', () => {
  const accept = (value: string) => app.request(liveness, { headers: { Accept: value } });

  it.each(['text/html', 'application/xml, text/csv', 'application/json;q=0'])(
    'gets nothing with %s',
    async (value) => {
      const answer = await accept(value);
      expect(answer.status).toBe(406);
      expect(await answer.json()).toMatchObject({ code: 'not_acceptable' });
    },
  );

  it.each([
    '*/*',
    'application/*',
    'application/json',
    'application/json; charset=UTF-8',
    'application/problem+json',
    'text/html, */*;q=0.1',
  ])('gets JSON with %s', async (value) => {
    const answer = await accept(value);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});
