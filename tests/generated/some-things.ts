import { createHash, randomUUID, randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Operation } from '../../contract/kit/operations.ts';
import { hashKey, makeKey } from '../../server/features/api-keys/key-text.ts';
import { ApiKey } from '../../server/features/api-keys/model.ts';
import { ServiceAccount } from '../../server/features/service-accounts/model.ts';
import { secondsAfter } from '../../server/platform/clock.ts';
import type { TestApp } from '../kit/app.ts';
import { insertRole, insertUser, roleIdOf } from '../kit/build.ts';
import { tinyPicture } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';

/** An administrator, and one of each thing that the address of an operation names. */
export interface Somebody {
  readonly headers: Record<string, string>;
  /** By the name of the parameter. */
  readonly things: Record<string, string>;
}

export async function somebodyFor(
  app: TestApp,
  { name, route, streams }: Operation,
): Promise<Somebody> {
  const { headers, userId } = await quickSession(app, { roles: ['admin'] });
  const things: Record<string, string> = {};
  for (const [, parameter = ''] of route.path.matchAll(/:(\w+)/g)) {
    const make = makers[parameter];
    if (!make) throw new Error(`${name}: nobody makes a ${parameter} for it, do so here`);
    things[parameter] = await make(app, userId);
  }
  if (streams && route.path.endsWith('/avatar')) await portray(app, things.userId ?? userId);
  return { headers, things };
}

/** Gives an account a picture. */
async function portray({ db, platform }: TestApp, id: string): Promise<void> {
  const [avatarId, bytes] = [randomUUID(), Buffer.from(tinyPicture, 'latin1')];
  await platform.storage.area('avatars').put(avatarId, Readable.from([bytes]));
  const avatarSha256 = createHash('sha256').update(bytes).digest('base64url');
  const of = { avatarId, avatarSha256, avatarBytes: bytes.length, avatarType: 'image/gif' };
  await db('users').where({ id }).update(of);
}

const makers: Record<string, (app: TestApp, ownId: string) => Promise<string>> = {
  userId: async (app) => (await insertUser(app)).id,
  roleId: async (app) => roleIdOf(app, await insertRole(app, [])),

  serviceAccountId: async ({ db, clock }) => {
    const [id, now] = [randomUUIDv7(), clock.now()];
    await ServiceAccount.query(db).insert({ id, name: id, createdAt: now, updatedAt: now });
    return id;
  },

  keyId: async ({ db, clock }, userId) => {
    const [id, createdAt] = [randomUUIDv7(), clock.now()];
    const expiresAt = secondsAfter(createdAt, 86_400);
    const row = { id, userId, name: 'test', secretHash: hashKey(makeKey(id)), scopes: [] };
    await ApiKey.query(db).insert({ ...row, createdAt, expiresAt });
    return id;
  },

  invitationId: async ({ db, clock }, invitedById) => {
    const [id, now] = [randomUUIDv7(), clock.now()];
    const row = { id, email: `${id}@example.com`, invitedById, createdAt: now };
    await db('invitations').insert({ ...row, expiresAt: secondsAfter(now, 86_400) });
    return id;
  },

  webhookId: async ({ db, clock }) => {
    const [id, now] = [randomUUIDv7(), clock.now()];
    const row = { url: 'https://hooks.example.com/', readableWith: [], sealedSecret: '' };
    await db('webhook_endpoints').insert({ id, ...row, createdAt: now, updatedAt: now });
    return id;
  },
};
