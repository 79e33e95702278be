import { expect, it } from 'vitest';
import { publicUrl, useApp } from '../kit/app.ts';

const frontend = 'https://app.example.com';
const app = useApp({ CORS_ORIGINS: frontend });
const asked = `/graphql?query=${encodeURIComponent('{ __typename }')}`;

it('carries the headers of the API, not those of a page', async () => {
  const health = await app.request('/api/v1/health/liveness');
  const answer = await app.request(asked);
  const policy = 'content-security-policy';
  expect(answer.headers.get(policy)).toBe(health.headers.get(policy));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('ratelimit')).toMatch(/^"address"/);
});

it('answers a preflight of a frontend on the list, and of no other', async () => {
  const preflight = (origin: string) =>
    app.request('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
  const listed = await preflight(frontend);
  expect(listed.headers.get('access-control-allow-origin')).toBe(frontend);
  expect(listed.headers.get('access-control-allow-headers')).toBe('content-type');
  const other = await preflight('https://evil.example');
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

it.each([
  [{ origin: publicUrl }, 200],
  [{ origin: frontend }, 200],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ origin: 'https://evil.example' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{}, 403],
])('takes a GET with a cookie and %j: %i', async (headers, status) => {
  const answer = await app.request(asked, { headers: { cookie: 'session=x', ...headers } });
  expect(answer.status).toBe(status);
});

it('takes a GET without a cookie from anywhere', async () => {
  const answer = await app.request(asked, { headers: { origin: 'https://evil.example' } });
  expect(answer.status).toBe(200);
});

it('changes nothing by GET', async () => {
  const change = encodeURIComponent('mutation { logout { __typename } }');
  const accept = { accept: 'application/graphql-response+json' };
  const answer = await app.request(`/graphql?query=${change}`, { headers: accept });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await answer.json()).toMatchObject({
    errors: [{ extensions: { code: 'method_not_allowed' } }],
  });
});
