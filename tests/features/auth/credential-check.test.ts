import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { ApiKey } from '../../../server/features/api-keys/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { callerByCookie, callerByKey, callerByToken } from '../../bench/peers/sql.ts';
import { refusal } from '../../kit/answers.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { quickKey, quickProgramToken, tokenHeaders } from '../../kit/quick-key.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { type CountedApp, startCountedApp } from '../../kit/statements.ts';

const holder = {} as { app: CountedApp };

beforeAll(async () => {
  holder.app = await startCountedApp();
});
afterAll(() => holder.app.close());

/** The statements of a request that needs the database for nothing but its credential. */
async function statementsOf(headers: Record<string, string>): Promise<string[]> {
  const client = holder.app.client(sending(headers));
  return holder.app.statementsDuring(() => client.permissions.list());
}

// To the letter what the benchmark asks of the others: where it changes, they change as well.
const check = { tokens: callerByToken.text, cookie: callerByCookie.text };

describe.each(['tokens', 'cookie'] as const)('the credential check, by %s,', (kind) => {
  it('costs one statement for a caller who is not known, and none afterwards', async () => {
    await statementsOf((await quickSession(holder.app, { kind })).headers);
    const { headers } = await quickSession(holder.app, { kind, roles: ['admin', 'member'] });
    expect(await statementsOf(headers)).toEqual([check[kind]]);
    expect(await statementsOf(headers)).toEqual([]);
  });

  it('notes once a minute that the session was used', async () => {
    const { headers } = await quickSession(holder.app, { kind, roles: ['admin'] });
    await statementsOf(headers);
    holder.app.clock.advance({ seconds: 59 });
    expect(await statementsOf(headers)).toEqual([]);
    holder.app.clock.advance({ seconds: 1 });
    // Whatever roles grant is read again after a minute, too.
    const again = (await statementsOf(headers)).map((sql) => sql.split(' ', 2).join(' '));
    expect(again.filter((verb) => verb === 'update "sessions"')).toHaveLength(1);
    expect(await statementsOf(headers)).toEqual([]);
  });

  it('costs one statement each time where it must be exact', async () => {
    const { headers } = await quickSession(holder.app, { kind });
    const { app } = holder;
    const client = app.client(sending(headers));
    for (const sessionId of ['01994c1e-7a00-7d10-8a39-2b7cb6a4c001', 'no-id']) {
      const all = await app.statementsDuring(() => client.sessions.end({ sessionId }));
      const checks = all.filter((sql) => /^select "sessions".*"role_permissions"/.test(sql));
      expect(checks).toHaveLength(1);
    }
  });
});

describe('the check of an API key', () => {
  /** Somebody with a key that was used, and what it sends. */
  async function aUsedKey() {
    const { app } = holder;
    const { headers, apiKeyId } = await quickKey(app, { roles: ['admin'] });
    const lastUse = async () => (await ApiKey.query(app.db).findById(apiKeyId))?.lastUsedAt;
    const first = await statementsOf(headers);
    // Nobody waits for this write: neither does the answer.
    await eventually(async () => expect(await lastUse()).toEqual(app.clock.now()));
    return { headers, first, lastUse };
  }

  it('costs one statement for a key that is not known, and none afterwards', async () => {
    await aUsedKey();
    const { headers, first } = await aUsedKey();
    const reads = first.filter((sql) => !sql.startsWith('update'));
    expect(reads).toEqual([callerByKey.text]);
    expect(await statementsOf(headers)).toEqual([]);
  });

  it('notes its use once a minute, however often it is used', async () => {
    const { headers, lastUse } = await aUsedKey();
    const { app } = holder;
    const client = app.client(sending(headers));
    const writes = await app.statementsDuring(async () => {
      for (let second = 0; second < 119; second += 7) {
        app.clock.advance({ seconds: 7 });
        await unwrap(client.permissions.list());
      }
      const isLate = async () => app.clock.now().getTime() - ((await lastUse())?.getTime() ?? 0);
      await eventually(async () => expect(await isLate()).toBeLessThan(60_000));
    });
    expect(writes.filter((sql) => sql.startsWith('update "api_keys"'))).toHaveLength(1);
  });
});

describe.each(['deactivatedAt', 'deletedAt'] as const)('an account with %s', (field) => {
  it.each(['tokens', 'cookie'] as const)(
    'is nobody, though a session by %s is left',
    async (kind) => {
      const { app } = holder;
      const { userId, sessionId, headers } = await quickSession(app, { kind, roles: ['admin'] });
      await User.query(app.db)
        .findById(userId)
        .patch({ [field]: app.clock.now() });
      const client = app.client(sending(headers));
      const signedOut = refusal(401, 'unauthenticated');
      expect(await client.permissions.list()).toMatchObject(signedOut);
      expect(await client.sessions.end({ sessionId }), 'exact').toMatchObject(signedOut);
    },
  );
});

describe('a credential that is not ours', () => {
  it.each([
    ['a token', () => ({ authorization: `Bearer ${randomBytes(400).toString('base64url')}` })],
    ['no cookie of ours', () => ({ cookie: `other=${randomBytes(20).toString('hex')}` })],
  ])('costs no statement: %s', async (_, headers) => {
    expect(await statementsOf(headers())).toEqual([]);
  });

  it('costs one statement as a cookie', async () => {
    const cookie = `session=${randomBytes(20).toString('hex')}`;
    expect(await statementsOf({ cookie })).toHaveLength(1);
  });
});

describe('the check of a token for a key', () => {
  // Its role is a new one: what that grants is read as well, once.
  const reads = async (headers: Record<string, string>) =>
    (await statementsOf(headers)).filter((sql) => !/^(update|select "roles")/.test(sql));

  it('costs one statement for a key that is not known, and none afterwards', async () => {
    const { app } = holder;
    const { headers, ...client } = await quickProgramToken(app, ['roles:read']);
    expect(await reads(headers)).toEqual([expect.stringMatching(/^select "api_keys"/)]);
    expect(await reads(headers)).toEqual([]);
    // The next token of the key is known as well.
    expect(await reads(await tokenHeaders(app, client))).toEqual([]);
  });
});
