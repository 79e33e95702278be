import { randomUUIDv7 } from 'node:crypto';
import { unwrap } from '../../client/index.ts';
import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import { hashKey, makeKey } from '../../server/features/api-keys/key-text.ts';
import { ApiKey } from '../../server/features/api-keys/model.ts';
import {
  ServiceAccount,
  ServiceAccountRole,
} from '../../server/features/service-accounts/model.ts';
import { secondsAfter } from '../../server/platform/clock.ts';
import type { TestApp } from './app.ts';
import { insertRole, roleIdOf } from './build.ts';
import { type QuickSession, quickSession, type Wanted } from './quick-session.ts';

export interface WantedKey extends Wanted {
  /** All there are, when left out. */
  readonly scopes?: readonly Permission[];
  readonly expiresInSeconds?: number;
}

export interface QuickProgram {
  readonly serviceAccountId: string;
  readonly apiKeyId: string;
  readonly key: string;
  readonly headers: Record<string, string>;
}

export interface QuickKey extends QuickSession {
  readonly apiKeyId: string;
}

/** A new service account with these permissions and a key for all of them; what it sends. */
export async function quickProgram(
  app: TestApp,
  permissions: readonly Permission[],
): Promise<QuickProgram> {
  const now = app.clock.now();
  const serviceAccountId = randomUUIDv7();
  const account = { id: serviceAccountId, name: `p-${serviceAccountId}` };
  await ServiceAccount.query(app.db).insert({ ...account, createdAt: now, updatedAt: now });
  const roleId = await roleIdOf(app, await insertRole(app, [...permissions]));
  await ServiceAccountRole.query(app.db).insert({ serviceAccountId, roleId });
  const id = randomUUIDv7();
  const key = makeKey(id);
  const row = { id, serviceAccountId, name: 'test', secretHash: hashKey(key) };
  const expiresAt = secondsAfter(now, 86_400);
  await ApiKey.query(app.db).insert({
    ...row,
    scopes: [...permissions],
    createdAt: now,
    expiresAt,
  });
  return { serviceAccountId, apiKeyId: id, key, headers: { Authorization: `Bearer ${key}` } };
}

/** The same, by a token for its key. */
export async function quickProgramToken(
  app: TestApp,
  permissions: readonly Permission[],
): Promise<QuickProgram> {
  const program = await quickProgram(app, permissions);
  return { ...program, headers: await tokenHeaders(app, program) };
}

/** What sends another token for its key. */
export async function tokenHeaders(
  app: TestApp,
  {
    serviceAccountId: client_id,
    key: client_secret,
  }: Pick<QuickProgram, 'serviceAccountId' | 'key'>,
): Promise<Record<string, string>> {
  const body = { grant_type: 'client_credentials', client_id, client_secret } as const;
  const { access_token: token } = await unwrap(app.client().auth.token({ body }));
  return { Authorization: `Bearer ${token}` };
}

/** Somebody new with an API key, straight in the database; `headers` send it. */
export async function quickKey(app: TestApp, wanted: WantedKey = {}): Promise<QuickKey> {
  const { scopes = permissionNames, expiresInSeconds = 86_400 } = wanted;
  const owner = await quickSession(app, wanted);
  const id = randomUUIDv7();
  const key = makeKey(id);
  const now = app.clock.now();
  await ApiKey.query(app.db).insert({
    id,
    userId: owner.userId,
    name: 'test',
    secretHash: hashKey(key),
    scopes: [...scopes],
    createdAt: now,
    expiresAt: secondsAfter(now, expiresInSeconds),
  });
  return { ...owner, apiKeyId: id, headers: { Authorization: `Bearer ${key}` } };
}
