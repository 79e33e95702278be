import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { aMember, anAdministrator, type Caller, newPerson } from '../../kit/callers.ts';

const app = useApp();
let admin: Caller;
let member: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
  member = await aMember(app);
});

type Query = Parameters<Client['users']['list']>[0];

async function list(query: Query, { client } = admin) {
  return unwrap(client.users.list(query));
}

async function usernames(query: Query, caller = admin): Promise<string[]> {
  return (await list(query, caller)).items.map(({ username }) => username);
}

/** A text that only the accounts of one test hold, to find them and no others. */
function aTag(): string {
  return newPerson().username;
}

/** Accounts `tag-a`, `tag-b`, … one minute apart. */
async function insertUsers(letters: string, fields: Parameters<typeof insertUser>[1] = {}) {
  const tag = aTag();
  const start = app.clock.now().getTime();
  const rows = Array.from(letters, (letter, index) => ({
    username: `${tag}-${letter}`,
    createdAt: new Date(start + index * 60_000),
  }));
  for (const row of rows) await insertUser(app, { ...row, ...fields });
  return { tag, createdAt: rows.map(({ createdAt }) => createdAt.toISOString()) };
}

function refused(query: string) {
  return app.request(`/api/v1/users?${query}`, {
    headers: { authorization: `Bearer ${admin.tokens().accessToken}` },
  });
}

describe('users.list', () => {
  it('answers managers all accounts in full', async () => {
    const { tag } = await insertUsers('a', { deactivatedAt: app.clock.now() });
    const { items } = await list({ search: tag });
    expect(items).toEqual([expect.objectContaining({ view: 'full', isActive: false, roles: [] })]);
  });

  it('answers members the summaries of active accounts, and nothing more', async () => {
    const { tag } = await insertUsers('a', { fullName: 'Ada' });
    await insertUser(app, { username: `${tag}-b`, deactivatedAt: app.clock.now() });
    const { items } = await list({ search: tag }, member);
    const id = expect.any(String);
    expect(items).toEqual([
      { view: 'summary', id, username: `${tag}-a`, fullName: 'Ada', avatarId: null },
    ]);
  });

  it('answers members themselves in full', async () => {
    const { items } = await list({ search: member.username }, member);
    expect(items).toMatchObject([{ view: 'full', email: member.email }]);
  });

  it('leaves out removed accounts', async () => {
    const { tag } = await insertUsers('a', { deletedAt: app.clock.now() });
    expect(await usernames({ search: tag })).toEqual([]);
  });

  it('is refused without the permission and without a sign-in', async () => {
    const { id, client } = await aMember(app);
    await app.db('userRoles').where({ userId: id }).delete();
    expect(await client.users.list()).toMatchObject(refusal(403, 'permission_denied'));
    expect(await app.client().users.list()).toMatchObject(refusal(401, 'unauthenticated'));
  });
});

describe('search', () => {
  it('finds part of the username or the full name, in any case', async () => {
    const tag = aTag();
    await insertUser(app, { username: `${tag}-x`, fullName: 'Zoë Ångström' });
    for (const search of [tag.slice(1), tag.toUpperCase(), `${tag}-X`]) {
      expect(await usernames({ search }, member)).toContain(`${tag}-x`);
    }
    for (const search of ['zoë ång', 'ZOË ÅNG', '  Ångström  ']) {
      expect(await usernames({ search }, member)).toContain(`${tag}-x`);
    }
  });

  it('finds part of the e-mail address for managers only', async () => {
    const tag = aTag();
    const { username } = await insertUser(app, { email: `${tag}@example.com` });
    expect(await usernames({ search: `${tag.toUpperCase()}@` })).toEqual([username]);
    expect(await usernames({ search: `${tag}@` }, member)).toEqual([]);
  });

  it.each(['%', '_', '\\', '%_\\%', "'"])('takes %j literally', async (sign) => {
    const tag = aTag();
    const { username } = await insertUser(app, { fullName: `${tag}${sign}1` });
    await insertUser(app, { fullName: `${tag}x1` });
    expect(await usernames({ search: `${tag}${sign}1` })).toEqual([username]);
  });
});

describe('filters', () => {
  it('find exactly one e-mail address, in any spelling, for managers only', async () => {
    const { email, username } = await insertUser(app);
    expect(await usernames({ email: ` ${email.toUpperCase()} ` })).toEqual([username]);
    const answer = await member.client.users.list({ email });
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('tell active accounts from deactivated ones', async () => {
    const { tag } = await insertUsers('a');
    await insertUser(app, { username: `${tag}-b`, deactivatedAt: app.clock.now() });
    expect(await usernames({ search: tag, isActive: true })).toEqual([`${tag}-a`]);
    expect(await usernames({ search: tag, isActive: false })).toEqual([`${tag}-b`]);
    expect(await usernames({ search: tag, isActive: false }, member)).toEqual([]);
  });

  it('find the accounts with a role', async () => {
    const role = await insertRole(app, []);
    const { username } = await insertUser(app, { roles: [role] });
    expect(await usernames({ role })).toEqual([username]);
    expect(await usernames({ role: 'no-such-role' })).toEqual([]);
  });

  it('take a range of creation with its start and without its end', async () => {
    const { tag, createdAt } = await insertUsers('abcd');
    const [, createdFrom = '', , createdBefore = ''] = createdAt;
    const range = { search: tag, createdFrom, createdBefore };
    expect(await usernames(range)).toEqual([`${tag}-b`, `${tag}-c`]);
    expect(await usernames({ search: tag, createdFrom: createdBefore })).toEqual([`${tag}-d`]);
    expect(await usernames({ ...range, createdBefore: createdFrom })).toEqual([]);
  });

  it.each([
    { createdFrom: '2026-01-01T00:00:00Z' },
    { createdBefore: '2026-01-01T00:00:00Z' },
    { role: 'member' },
    { sort: 'createdAt' },
    { sort: '-createdAt' },
  ] as const)('tell members nothing that summaries do not show: %j', async (query) => {
    const answer = await member.client.users.list(query);
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('refuse a range that ends before it begins', async () => {
    const range = { createdFrom: '2026-02-01T00:00:00Z', createdBefore: '2026-01-01T00:00:00Z' };
    const answer = await admin.client.users.list(range);
    const error = { in: 'query', path: 'createdBefore' } as const;
    expect(answer).toMatchObject(refusal(422, 'validation_failed', error));
  });

  it.each([
    'search=',
    'search=%20',
    `search=${'x'.repeat(101)}`,
    'email=nonsense',
    'isActive=yes',
    'role=No%20Role',
    'createdFrom=yesterday',
    'createdFrom=2026-01-01',
    'sort=email',
    'unknown=1',
    'search=a&search=b',
  ])('refuse %s', async (query) => {
    expect((await refused(query)).status).toBe(422);
  });
});
