import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { aMember, type Caller } from '../kit/callers.ts';

const app = useApp();
let member: Caller;

beforeAll(async () => {
  member = await aMember(app);
});

async function get(path: string) {
  const headers = { Authorization: `Bearer ${member.tokens().accessToken}` };
  const answer = await app.request(`/api/v1/users${path}`, { headers });
  return (await answer.json()) as { status: number; code: string; errors?: unknown[] };
}

describe('the path', () => {
  it.each(['/%', '/%ZZ', '/%FF', '/%ED%A0%80', '/%C0%AF'])(
    'is refused with a broken percent-encoding: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 400, code: 'malformed_request' });
    },
  );

  it.each(['/%00', `/a%00b`])('is refused with NUL: %s', async (path) => {
    expect(await get(path)).toMatchObject({
      status: 422,
      errors: [{ in: 'path', path: 'userId', code: 'invalid_text' }],
    });
  });

  it.each(['/1', '/not-a-uuid', '/..%2f..%2fetc', "/'%20or%201=1"])(
    'is refused when it is no id: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({
        status: 422,
        errors: [{ in: 'path', path: 'userId', code: 'wrong_format' }],
      });
    },
  );

  it('takes an id in any case', async () => {
    const answer = await get(`/${member.id.toUpperCase()}`);
    expect(answer).toMatchObject({ id: member.id });
  });
});

describe('the query', () => {
  it.each([
    ['an unknown key', '?colour=red', 'colour'],
    ['an empty key', '?=1', ''],
    ['a key twice', '?limit=1&limit=2', 'limit'],
    ['NUL', '?search=a%00b', 'search'],
    ['a NUL key', '?a%00b=1', ''],
    ['brackets, which make no object', '?limit[gte]=5', 'limit[gte]'],
    ['a prototype', '?__proto__[isAdmin]=1', '__proto__[isAdmin]'],
    ['a prototype as a key', '?__proto__=1', '__proto__'],
    ['no number', '?limit=ten', 'limit'],
    ['a number that is too large', '?limit=201', 'limit'],
    ['no number at all', '?limit=', 'limit'],
    ['an unknown order', '?sort=passwordHash', 'sort'],
    ['an instant without a zone', '?createdFrom=2026-01-01T00:00:00', 'createdFrom'],
  ])('is refused with %s', async (_name, query, path) => {
    expect(await get(query)).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ in: 'query', path }],
    });
  });

  it('is never quoted in the answer', async () => {
    expect(JSON.stringify(await get('?colour=hunter2&limit=hunter2'))).not.toContain('hunter2');
  });

  it('is refused where the operation takes none', async () => {
    expect(await get(`/${member.id}?expand=all`)).toMatchObject({
      status: 422,
      errors: [{ in: 'query', code: 'unknown_field' }],
    });
  });

  it('reads what is no percent-encoding as written', async () => {
    expect(await get('?search=100%')).toMatchObject({ items: [] });
  });
});

it('tells an anonymous caller nothing of what is wrong with the input', async () => {
  const answer = await app.request('/api/v1/users?colour=red');
  expect(answer.status).toBe(401);
});
