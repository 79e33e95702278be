import { randomUUIDv7 } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../../server/features/api-keys/key-text.ts';
import { useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { sending, withToken } from '../kit/credentials.ts';
import { eventually } from '../kit/eventually.ts';
import { quickKey, quickProgram } from '../kit/quick-key.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

async function apiKey(...args: string[]) {
  const { out } = await charter(['api-key', ...args, '--json']);
  return JSON.parse(out);
}

async function status(key: string): Promise<number> {
  return (await withToken(app, key).users.list()).status;
}

/** A service account that may read accounts; its name. */
async function anAccount(): Promise<string> {
  const { serviceAccountId } = await quickProgram(app, ['users:read']);
  return (await app.db('serviceAccounts').where({ id: serviceAccountId }).first()).name;
}

const create = (name: string, ...flags: string[]) => [
  'create',
  name,
  '--name',
  'report',
  '--scope',
  'users:read',
  ...flags,
];

describe('api-key create', () => {
  it('shows a key once, alone on standard output', async () => {
    const account = await anAccount();
    const { code, out, err } = await charter(['api-key', ...create(account)]);
    expect([code, err]).toEqual([0, expect.stringMatching(/^The key .* until 20.*never again:$/)]);
    expect(await status(out)).toBe(200);
    const listed = await charter(['api-key', 'list', '--service-account', account]);
    expect(listed.out).toMatch(
      / report +works +until 20\S+Z, (never used|used 20\S+Z): users:read/,
    );
    expect(listed.out).not.toContain(out.slice(-49));
  });

  it('answers JSON in the shape of the API', async () => {
    const account = await anAccount();
    const { apiKey: made } = await apiKey(...create(account, '--days', '2'));
    expect(made).toMatchObject({ name: 'report', scopes: ['users:read'], key: expect.any(String) });
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(2 * 86_400_000);
    const { apiKeys } = await apiKey('list', '--service-account', account);
    expect(apiKeys.map(({ id }: { id: string }) => id)).toContain(made.id);
    expect(JSON.stringify(apiKeys)).not.toContain(made.key.slice(-49));
    expect(await app.db('auditEntries').where({ targetId: made.id })).toMatchObject([
      { operation: 'api-key create', actor: 'system:charter api-key create' },
    ]);
  });

  it('asks a person for what is missing', async () => {
    const answers = [await anAccount(), 'by hand', 'users:read, roles:read'];
    const { code, questions } = await charter(['api-key', 'create'], { answers });
    expect([code, questions]).toEqual([
      0,
      ['The service account', 'What the key is for', 'What it may do, with spaces between'],
    ]);
  });

  it.each([
    [['--days', 'x'], '--days takes a whole number.'],
    [['--scope', 'users:eat'], /^There is no permission users:eat\. There are: /],
    [['--days', '9999'], /- expiresInDays: At most 3650/],
    [['--days', '366'], /- expiresInDays: At most 365/],
  ])('says what is wrong: %j', async (flags, message) => {
    const { code, out, err } = await charter(['api-key', ...create(await anAccount(), ...flags)]);
    expect([code, out, err]).toEqual([1, '', expect.stringMatching(message)]);
  });

  it('says what is missing where nobody can be asked, and who there is not', async () => {
    const missing = await charter(['api-key', 'create', 'some', '--name', 'x']);
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('add --scope') });
    const nobody = await charter(['api-key', ...create('nobody')]);
    expect(nobody).toMatchObject({ code: 1, err: 'There is no such service account.' });
  });
});

describe('api-key rotate', () => {
  it('makes a successor, and ends the old key after the overlap', async () => {
    const { apiKey: old } = await apiKey(...create(await anAccount()));
    expect(await status(old.key)).toBe(200);
    const { code, out } = await charter(['api-key', 'rotate', old.id, '--overlap-seconds', '0']);
    expect([code, await status(out)]).toEqual([0, 200]);
    await eventually(async () => expect(await status(old.key)).toBe(401));
    expect(await apiKey('rotate', old.id)).toMatchObject({ error: 'api_key_ended' });
  });

  it('gives nobody the key of a person', async () => {
    const { apiKeyId } = await quickKey(app, { permissions: ['users:read'] });
    const { code, out, err } = await charter(['api-key', 'rotate', apiKeyId]);
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('the key of a person')]);
  });
});

describe('api-key revoke', () => {
  it('ends the key of a person or of a program on the running service', async () => {
    const { apiKeyId, headers, userId } = await quickKey(app, { permissions: ['users:read'] });
    const { apiKey: other } = await apiKey(...create(await anAccount()));
    const person = app.client(sending(headers));
    expect([(await person.users.list()).status, await status(other.key)]).toEqual([200, 200]);
    const { out } = await charter(['api-key', 'revoke', apiKeyId]);
    expect(out).toBe(`The key ${apiKeyId} works no more.`);
    expect(await apiKey('revoke', other.id)).toEqual({ ok: true, apiKey: { id: other.id } });
    await eventually(async () =>
      expect([(await person.users.list()).status, await status(other.key)]).toEqual([401, 401]),
    );
    const { email } = await app.db('users').where({ id: userId }).first();
    const listed = await charter(['api-key', 'list', '--user', email]);
    expect(listed.out).toMatch(new RegExp(`^${apiKeyId} test +revoked `));
  });

  it('takes a key that was found by standard input or when it is asked, never as an argument', async () => {
    const account = await anAccount();
    for (const world of ['input', 'answers'] as const) {
      const { apiKey: found } = await apiKey(...create(account));
      const inArguments = await charter(['api-key', 'revoke', found.key]);
      expect(inArguments).toMatchObject({ code: 1, err: expect.stringContaining(found.id) });
      expect(inArguments.err).not.toContain(found.key.slice(-49));
      const given = world === 'input' ? { input: found.key } : { answers: [found.key] };
      const { out } = await charter(['api-key', 'revoke'], given);
      expect(out).toBe(`The key ${found.id} works no more.`);
    }
  });

  it('takes the digits that stand in a key, and no other text', async () => {
    const { apiKey: found } = await apiKey(...create(await anAccount()));
    expect(await apiKey('revoke', found.key.split('_')[1])).toMatchObject({ ok: true });
    expect(await apiKey('revoke', randomUUIDv7())).toMatchObject({ error: 'not_found' });
    expect((await charter(['api-key', 'revoke', 'x'])).err).toMatch(/^The id of a key is a UUID/);
    const mistyped = { input: makeKey(randomUUIDv7()).slice(0, -1) };
    expect((await charter(['api-key', 'revoke'], mistyped)).err).toMatch(/^That is no key/);
  });
});

describe('api-key list', () => {
  it.each([[[]], [['--user', 'a', '--service-account', 'b']]])('asks whose: %j', async (args) => {
    const { code, err } = await charter(['api-key', 'list', ...args]);
    expect([code, err]).toEqual([1, expect.stringMatching(/^Say whose keys/)]);
  });

  it('says that there are none', async () => {
    const { out } = await charter(['service-account', 'create', 'without-keys', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    const listed = await charter(['api-key', 'list', '--service-account', 'without-keys']);
    expect(listed.out).toBe('There are none.');
  });
});
