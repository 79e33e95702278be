import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertUser } from '../../kit/build.ts';
import { anAdministrator, type Caller, newPerson } from '../../kit/callers.ts';

const app = useApp();
const tag = newPerson().username;
let admin: Caller;
let names: string[];

// 25 accounts that only this file has, made out of order, several at the same instant.
beforeAll(async () => {
  admin = await anAdministrator(app);
  const numbers = Array.from({ length: 25 }, (_, index) => (index * 7) % 25);
  for (const [index, number] of numbers.entries()) {
    const createdAt = new Date(app.clock.now().getTime() + Math.floor(index / 4) * 60_000);
    await insertUser(app, { username: nameOf(number), createdAt });
  }
  names = numbers.map(nameOf).sort();
});

function nameOf(number: number): string {
  return `${tag}-${String(number).padStart(2, '0')}`;
}

async function page(query: object) {
  const { items, ...rest } = await unwrap(admin.client.users.list({ search: `${tag}-`, ...query }));
  return { names: items.map(({ username }) => username), ...rest };
}

async function walk(query: object, between = async () => {}): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null | undefined;
  do {
    const next = await page({ limit: 7, ...query, ...(cursor && { cursor }) });
    found.push(...next.names);
    cursor = next.nextCursor;
    await between();
  } while (cursor);
  return found;
}

function request(query: string) {
  return app.request(`/api/v1/users?${query}`, {
    headers: { authorization: `Bearer ${admin.tokens().accessToken}` },
  });
}

describe('the pages of users.list', () => {
  it('hold each account once, in the order asked for', async () => {
    expect(await walk({ sort: 'username' })).toEqual(names);
    expect(await walk({ sort: '-username' })).toEqual([...names].reverse());
  });

  it('hold each account once where many were created at one instant', async () => {
    const ascending = await walk({ sort: 'createdAt' });
    expect([...ascending].sort()).toEqual(names);
    expect(await walk({ sort: '-createdAt' })).toEqual([...ascending].reverse());
  });

  it('are ordered by username when nothing else is asked for', async () => {
    expect((await page({})).names).toEqual(names);
  });

  it('skip and repeat nothing while accounts are added', async () => {
    const own = newPerson().username;
    const before = ['b', 'd', 'f', 'h', 'j'].map((letter) => `${own}-${letter}`);
    for (const username of before) await insertUser(app, { username });
    const late = ['a', 'e', 'i'].map((letter) => `${own}-${letter}`);
    const addOne = async () => {
      const username = late.shift();
      if (username) await insertUser(app, { username });
    };
    const found = await walk({ search: own, limit: 2 }, addOne);
    expect(found.filter((name) => before.includes(name))).toEqual(before);
    expect(new Set(found).size).toBe(found.length);
  });

  it('are followed by the client', async () => {
    const found: string[] = [];
    for await (const user of admin.client.users.listAll({ search: `${tag}-`, limit: 10 })) {
      found.push(user.username);
    }
    expect(found).toEqual(names);
  });

  it('say when there is nothing more', async () => {
    expect(await page({ limit: 25 })).toMatchObject({ names, nextCursor: null });
    expect((await page({ limit: 24 })).nextCursor).toEqual(expect.any(String));
  });

  it('count all matches when asked to, on every page', async () => {
    const first = await page({ limit: 10, includeTotal: true });
    const { nextCursor: cursor } = first;
    expect(first.total).toBe(25);
    expect((await page({ limit: 10, includeTotal: true, cursor })).total).toBe(25);
    expect(await page({ limit: 10 })).not.toHaveProperty('total');
  });

  it('refuse a cursor of another order', async () => {
    const { nextCursor } = await page({ limit: 1, sort: 'username' });
    const cursor = `${nextCursor}`;
    const answer = await admin.client.users.list({ sort: '-username', cursor });
    const error = { in: 'query', path: 'cursor', code: 'invalid_cursor' } as const;
    expect(answer).toMatchObject(refusal(422, 'validation_failed', error));
  });

  it.each([
    ['garbage', 'garbage'],
    ['no list', '{}'],
    ['no id', '["username","a","b"]'],
    ['no instant', '["createdAt","now","01994c1e-7a00-7d10-8a39-2b7cb6a4c001"]'],
    ['NUL', '["username","\\u0000","01994c1e-7a00-7d10-8a39-2b7cb6a4c001"]'],
  ])('refuse a cursor that holds %s', async (_, text) => {
    const cursor = Buffer.from(text).toString('base64url');
    const sort = text.includes('createdAt') ? 'createdAt' : 'username';
    expect((await request(`sort=${sort}&cursor=${cursor}`)).status).toBe(422);
  });

  it.each(['0', '201', '1e3', '', '-1', '1.5', ' 7', '0x10', '7&limit=7', '99999999999'])(
    'refuse the limit %j',
    async (limit) => {
      expect((await request(`limit=${limit}`)).status).toBe(422);
    },
  );

  it.each(['1', '200'])('take the limit %s', async (limit) => {
    expect((await request(`limit=${limit}`)).status).toBe(200);
  });
});
