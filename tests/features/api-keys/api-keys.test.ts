import { randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { makeKey } from '../../../server/features/api-keys/key-text.ts';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { collide } from '../../kit/collide.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const unauthenticated = refusal(401, 'unauthenticated');

/** Somebody with these permissions, and a key of theirs with these scopes. */
async function anOwner(permissions: Permission[], scopes = permissions) {
  const { userId, headers } = await quickSession(app, { permissions });
  const client = app.client(sending(headers));
  const made = await unwrap(client.apiKeys.create({ body: { name: 'report', scopes } }));
  return { userId, client, made, program: withToken(app, made.key) };
}

describe('an API key', () => {
  it('acts as its owner, within its scopes', async () => {
    const { program } = await anOwner(['users:read', 'roles:read'], ['users:read']);
    expect(await program.users.list()).toMatchObject({ status: 200 });
    expect(await program.roles.list()).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('may do nothing that takes a session', async () => {
    const { program } = await anOwner(['users:read']);
    const calls = [program.me.get(), program.apiKeys.list(), program.auth.session()];
    for (const answer of await Promise.all(calls)) {
      expect(answer).toMatchObject(refusal(403, 'people_only'));
    }
  });

  it('never counts as a recent sign-in', async () => {
    const { program } = await anOwner(['roles:manage']);
    const answer = await program.roles.create({ body: { name: 'none', permissions: [] } });
    expect(answer).toMatchObject(refusal(403, 'reauthentication_required'));
  });

  it('is shown once, and stored as a hash', async () => {
    const { client, made } = await anOwner(['users:read']);
    const { key, ...shown } = made;
    expect((await unwrap(client.apiKeys.list())).items).toEqual([shown]);
    expect(await unwrap(client.apiKeys.get({ keyId: made.id }))).toEqual(shown);
    const rows = await app.db('apiKeys').where({ id: made.id });
    expect(JSON.stringify(rows)).not.toContain(key.slice(-49));
  });

  it('loses what its owner loses', async () => {
    const { program, userId } = await anOwner(['users:read']);
    expect(await program.users.list()).toMatchObject({ status: 200 });
    await app.db('userRoles').where({ userId }).delete();
    app.clock.advance({ minutes: 1 });
    expect(await program.users.list()).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('is nobody while its owner is deactivated, at once', async () => {
    const { program, userId } = await anOwner(['users:read']);
    expect(await program.users.list()).toMatchObject({ status: 200 });
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const { users } = app.client(sending(headers));
    await unwrap(users.deactivate({ userId }));
    expect(await program.users.list()).toMatchObject(unauthenticated);
    await unwrap(users.activate({ userId }));
    expect(await program.users.list()).toMatchObject({ status: 200 });
  });

  it('outlives a change of the password, which ends the sessions', async () => {
    const { program, client } = await anOwner(['users:read']);
    const body = { newPassword: 'a quiet river at dawn' };
    await unwrap(client.me.changePassword({ body }));
    expect(await program.users.list()).toMatchObject({ status: 200 });
  });

  it('ends on its day', async () => {
    const { program, made } = await anOwner(['users:read']);
    app.clock.advance({ days: 89 });
    expect(await program.users.list()).toMatchObject({ status: 200 });
    app.clock.advance({ days: 1 });
    expect(made.expiresAt).toBe(app.clock.now().toISOString());
    expect(await program.users.list()).toMatchObject(unauthenticated);
  });

  it('has ended where a clock ahead of ours says so', async () => {
    const ahead = new Date(app.clock.now().getTime() + 5_000);
    for (const column of ['revokedAt', 'rotatedAt']) {
      const { program, client, made } = await anOwner(['users:read']);
      const ended = { [column]: ahead, expiresAt: ahead };
      await app.db('apiKeys').where({ id: made.id }).update(ended);
      expect(await program.users.list()).toMatchObject(unauthenticated);
      const again = await client.apiKeys.rotate({ keyId: made.id, body: {} });
      expect(again).toMatchObject(refusal(409, 'api_key_ended'));
    }
  });

  it('must hold the second factor that its owner must have', async () => {
    const { program, userId } = await anOwner(['users:read']);
    const role = await app.db('userRoles').where({ userId }).first('roleId');
    await app.db('roles').where({ id: role.roleId }).update({ requiresSecondFactor: true });
    app.clock.advance({ minutes: 1 });
    expect(await program.users.list()).toMatchObject(refusal(403, 'second_factor_required'));
  });

  it('tells its owner when it was used last, to the minute', async () => {
    const { program, client, made } = await anOwner(['users:read']);
    const lastUse = async () => (await unwrap(client.apiKeys.get({ keyId: made.id }))).lastUsedAt;
    const first = app.clock.now().toISOString();
    await program.users.list();
    await eventually(async () => expect(await lastUse()).toBe(first));
    app.clock.advance({ seconds: 59 });
    await program.users.list();
    expect(await lastUse()).toBe(first);
    app.clock.advance({ seconds: 1 });
    await program.users.list();
    await eventually(async () => expect(await lastUse()).toBe(app.clock.now().toISOString()));
  });

  it('has a bucket of its own in the limits', async () => {
    const { program, client } = await anOwner(['users:read']);
    const left = async (caller: Client) => {
      const { headers } = await caller.users.list();
      return Number(/"read"; r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    };
    const [first, ofOwner, next] = [await left(program), await left(client), await left(program)];
    expect([ofOwner, next]).toEqual([first, first - 1]);
  });

  it('that is not ours or not whole is nobody, wherever anyone may call as well', async () => {
    const { made } = await anOwner(['users:read']);
    const keys = [
      makeKey(randomUUIDv7()),
      made.key.slice(0, -1),
      made.key.toUpperCase(),
      'charter_',
    ];
    const forged = makeKey(made.id);
    for (const key of [...keys, forged]) {
      expect(await withToken(app, key).users.list(), key).toMatchObject(unauthenticated);
      expect(await withToken(app, key).health.check(), key).toMatchObject(unauthenticated);
    }
  });

  it('is counted', async () => {
    const { program } = await anOwner(['users:read']);
    await program.users.list();
    await withToken(app, makeKey(randomUUIDv7())).users.list();
    const lines = (await app.scrape()).filter((line) => line.startsWith('charter_api_key_calls'));
    expect(lines).toEqual([
      expect.stringMatching(/outcome="used"} [1-9]/),
      expect.stringMatching(/outcome="refused"} [1-9]/),
    ]);
  });
});

describe('apiKeys.create', () => {
  it('gives no scope that the owner does not hold', async () => {
    const { client } = await anOwner(['users:read']);
    const answer = await client.apiKeys.create({ body: { name: 'x', scopes: ['audit:read'] } });
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('takes a time within the maximum', async () => {
    const { client } = await anOwner([]);
    const create = (expiresInDays: number) =>
      client.apiKeys.create({ body: { name: 'x', scopes: [], expiresInDays } });
    const { createdAt, expiresAt } = await unwrap(create(365));
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(365 * 86_400_000);
    expect(await create(366)).toMatchObject(invalid('expiresInDays', 'too_large'));
  });

  it('stops at fifty that work', async () => {
    const { client, made } = await anOwner([]);
    const row = await app.db('apiKeys').where({ id: made.id }).first();
    const more = Array.from({ length: 49 }, () => ({ ...row, id: randomUUIDv7() }));
    await app.db('apiKeys').insert(more);
    const create = () => client.apiKeys.create({ body: { name: 'x', scopes: [] } });
    expect(await create()).toMatchObject(refusal(409, 'too_many_api_keys'));
    expect(await client.apiKeys.rotate({ keyId: made.id, body: {} })).toMatchObject(
      refusal(409, 'too_many_api_keys'),
    );
    await unwrap(client.apiKeys.revoke({ keyId: made.id }));
    expect(await create()).toMatchObject({ status: 200 });
  });
});

describe('apiKeys.rotate', () => {
  it('makes a successor, and lets the old key work for the overlap', async () => {
    const { client, made, program } = await anOwner(['users:read']);
    const body = { overlapSeconds: 60 };
    const next = await unwrap(client.apiKeys.rotate({ keyId: made.id, body }));
    expect(next).toMatchObject({ name: made.name, scopes: made.scopes, rotatedAt: null });
    const successor = withToken(app, next.key);
    expect(await program.users.list()).toMatchObject({ status: 200 });
    expect(await successor.users.list()).toMatchObject({ status: 200 });
    app.clock.advance({ seconds: 60 });
    expect(await program.users.list()).toMatchObject(unauthenticated);
    expect(await successor.users.list()).toMatchObject({ status: 200 });
  });

  it('ends a key at once where no overlap is asked for', async () => {
    const { client, made, program } = await anOwner(['users:read']);
    await program.users.list();
    const body = { overlapSeconds: 0 };
    await unwrap(client.apiKeys.rotate({ keyId: made.id, body }));
    expect(await program.users.list()).toMatchObject(unauthenticated);
  });

  it('does not lengthen the life of the old key', async () => {
    const { client } = await anOwner([]);
    const create = client.apiKeys.create({ body: { name: 'x', scopes: [], expiresInDays: 1 } });
    const { id: apiKeyId, expiresAt } = await unwrap(create);
    await unwrap(client.apiKeys.rotate({ keyId: apiKeyId, body: { overlapSeconds: 604_800 } }));
    expect(await unwrap(client.apiKeys.get({ keyId: apiKeyId }))).toMatchObject({ expiresAt });
  });

  it('has one winner', async () => {
    const { client, made } = await anOwner([]);
    const rotate = () => client.apiKeys.rotate({ keyId: made.id, body: {} });
    const hold = (trx: typeof app.db) => trx('apiKeys').where({ id: made.id }).forUpdate();
    const answers = await collide(app, hold, [rotate, rotate, rotate]);
    expect(tally(answers)).toEqual({ 200: 1, 409: 2 });
    const { items } = await unwrap(client.apiKeys.list());
    expect(items.filter(({ rotatedAt }) => rotatedAt === null)).toHaveLength(1);
  });

  it('is refused for a key that ended', async () => {
    const { client, made } = await anOwner([]);
    await unwrap(client.apiKeys.revoke({ keyId: made.id }));
    const answer = await client.apiKeys.rotate({ keyId: made.id, body: {} });
    expect(answer).toMatchObject(refusal(409, 'api_key_ended'));
  });
});

describe('apiKeys.revoke', () => {
  it('ends a key at once, and twice is once', async () => {
    const { client, made, program } = await anOwner(['users:read']);
    expect(await program.users.list()).toMatchObject({ status: 200 });
    const apiKeyId = made.id;
    await unwrap(client.apiKeys.revoke({ keyId: apiKeyId }));
    expect(await program.users.list()).toMatchObject(unauthenticated);
    const ended = await unwrap(client.apiKeys.get({ keyId: apiKeyId }));
    expect(ended.revokedAt).not.toBeNull();
    app.clock.advance({ seconds: 5 });
    await unwrap(client.apiKeys.revoke({ keyId: apiKeyId }));
    expect(await unwrap(client.apiKeys.get({ keyId: apiKeyId }))).toEqual(ended);
  });

  it('does not find the keys of others', async () => {
    const [mine, theirs] = [await anOwner([]), await anOwner([])];
    const path = { keyId: theirs.made.id };
    const missing = refusal(404, 'not_found');
    expect(await mine.client.apiKeys.get(path)).toMatchObject(missing);
    expect(await mine.client.apiKeys.revoke(path)).toMatchObject(missing);
    expect(await mine.client.apiKeys.rotate({ ...path, body: {} })).toMatchObject(missing);
  });
});

it('whoever proves the mailbox ends the keys that were made before', async () => {
  const { userId, program } = await anOwner(['users:read']);
  const { email } = await User.query(app.db).findById(userId).throwIfNotFound();
  await unwrap(app.client().verification.request({ body: { email } }));
  await app.workJobs();
  const token = /token=([\w-]+)/.exec(app.mails.at(-1)?.text ?? '')?.[1] ?? '';
  await unwrap(app.client().verification.confirm({ body: { token } }));
  expect(await program.users.list()).toMatchObject(unauthenticated);
});

it('keys that ended a month ago are gone', async () => {
  const { client, made } = await anOwner([]);
  await unwrap(client.apiKeys.revoke({ keyId: made.id }));
  app.clock.advance({ days: 31 });
  await app.runScheduled('apiKeys.purge');
  expect(await app.db('apiKeys').where({ id: made.id })).toEqual([]);
});
