import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';

const app = useApp();
beforeEach(() => {
  useDatabase(app.config.database.url);
  vi.stubEnv('PASSWORD_HASH_MEMORY_KIB', '1024');
});

afterEach(() => vi.unstubAllEnvs());

const demoAccounts = () => app.db('users').where('username', 'like', 'demo-%').orderBy('username');

describe('seed --demo', () => {
  it('puts in accounts with roles, sessions and keys, and a second time only what lacks', async () => {
    const first = await charter(['seed', '--demo', '11', '--json']);
    expect(first).toMatchObject({ code: 0, err: '' });
    const { signIn, ...counts } = JSON.parse(first.out);
    expect(counts).toEqual({ ok: true, made: 11, found: 0 });
    expect(first.progress).toContain('demo accounts 11 11');
    const before = await demoAccounts();

    const answer = await app.client().auth.login({ body: { ...signIn, delivery: 'tokens' } });
    expect(answer).toMatchObject({ status: 200, body: { user: { roles: expect.anything() } } });

    const again = await charter(['seed', '--demo', '12']);
    expect(again.out).toMatch(/^Made 1 demo accounts; 11 were there already\.\n.*\n {2}curl http/);
    expect((await demoAccounts()).slice(0, 11)).toMatchObject(
      before.map(({ id, username }) => ({ id, username })),
    );
    expect(await demoAccounts()).toHaveLength(12);
    const nothing = await charter(['seed', '--demo', '5']);
    expect(nothing.out).toMatch(/^Made 0 .*\n.*admin reset demo-0001/);
  });

  it('leaves the entries and events that real people leave', async () => {
    await charter(['seed', '--demo', '12']);
    const people = (await demoAccounts()).map(({ id }) => id);
    const entries = await app.db('audit_entries').where({ operation: 'seed', origin: 'command' });
    const about = (type: string) => entries.filter(({ targetType }) => targetType === type);
    expect(about('user').map(({ targetId }) => targetId)).toEqual(expect.arrayContaining(people));
    expect(about('session')).toHaveLength(12);
    expect(about('session').every(({ actor }) => people.includes(actor))).toBe(true);
    expect(about('api_key')).toHaveLength(3);
    expect(about('role')).toHaveLength(2);
    const events = await app.db('events').where({ name: 'account.created' });
    expect(events.map(({ data }) => data.userId)).toEqual(expect.arrayContaining(people));
  });

  it('never in production, unless that is what is meant', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    vi.stubEnv('PASSWORD_HASH_MEMORY_KIB', undefined);
    vi.stubEnv('PUBLIC_URL', 'https://api.example.com');
    const before = await demoAccounts();
    const { code, err } = await charter(['seed', '--demo', '20']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^This is production.*--in-production/)]);
    expect(await demoAccounts()).toEqual(before);
    const meant = await charter(['seed', '--demo', '13', '--in-production']);
    expect(meant).toMatchObject({ code: 0, out: expect.stringMatching(/^Made 1 demo/) });
  });

  it('asks a person how many', async () => {
    const { code, out, questions } = await charter(['seed'], { answers: ['1'] });
    expect([code, questions]).toEqual([0, ['How many demo accounts']]);
    expect(out).toMatch(/^Made 0 demo accounts; 1 were/);
  });

  it.each([[[]], [['--demo', '0']], [['--demo', '10000']], [['--demo', 'many']]])(
    'wants to know how much: %j',
    async (flags) => {
      expect(await charter(['seed', ...flags])).toMatchObject({
        code: 1,
        err: expect.stringContaining('--demo'),
      });
    },
  );
});
