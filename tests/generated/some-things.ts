import { randomUUIDv7 } from 'node:crypto';
import { hashKey, makeKey } from '../../server/features/api-keys/key-text.ts';
import { ApiKey } from '../../server/features/api-keys/model.ts';
import { secondsAfter } from '../../server/platform/clock.ts';
import type { TestApp } from '../kit/app.ts';
import { insertRole, insertUser, roleIdOf } from '../kit/build.ts';
import { quickProgram } from '../kit/quick-key.ts';
import { quickSession } from '../kit/quick-session.ts';

/** An administrator, and one of each thing that an address may name. */
export interface Somebody {
  readonly headers: Record<string, string>;
  /** By the name of the parameter. */
  readonly things: Record<string, string>;
}

export async function someThings(app: TestApp): Promise<Somebody> {
  const [{ headers, userId: ownId }, { id: userId }, role, { serviceAccountId }] =
    await Promise.all([
      quickSession(app, { roles: ['admin'] }),
      insertUser(app),
      insertRole(app, []),
      quickProgram(app, []),
    ]);
  const [roleId, keyId, invitationId] = await Promise.all([
    roleIdOf(app, role),
    insertKey(app, ownId),
    insertInvitation(app, ownId),
  ]);
  return { headers, things: { userId, roleId, serviceAccountId, keyId, invitationId } };
}

async function insertKey(app: TestApp, userId: string): Promise<string> {
  const [id, createdAt] = [randomUUIDv7(), app.clock.now()];
  const expiresAt = secondsAfter(createdAt, 86_400);
  const row = { id, userId, name: 'test', secretHash: hashKey(makeKey(id)), scopes: [] };
  await ApiKey.query(app.db).insert({ ...row, createdAt, expiresAt });
  return id;
}

async function insertInvitation(app: TestApp, invitedById: string): Promise<string> {
  const [id, now] = [randomUUIDv7(), app.clock.now()];
  const row = { id, email: `${id}@example.com`, invitedById, createdAt: now };
  await app.db('invitations').insert({ ...row, expiresAt: secondsAfter(now, 86_400) });
  return id;
}
