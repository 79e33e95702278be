import { randomUUIDv7 } from 'node:crypto';
import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import { hashKey, makeKey } from '../../server/features/api-keys/key-text.ts';
import { ApiKey } from '../../server/features/api-keys/model.ts';
import { secondsAfter } from '../../server/platform/clock.ts';
import type { TestApp } from './app.ts';
import { type QuickSession, quickSession, type Wanted } from './quick-session.ts';

export interface WantedKey extends Wanted {
  /** All there are, when left out. */
  readonly scopes?: readonly Permission[];
  readonly expiresInSeconds?: number;
}

export interface QuickKey extends QuickSession {
  readonly apiKeyId: string;
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
