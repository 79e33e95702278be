import { hash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { service } from '../../../contract/service.ts';
import { AccessTokens } from '../../../server/features/sessions/access-tokens.ts';
import type { KeyRing } from '../../../server/features/signing-keys/key-ring.ts';
import { readSigningKeys } from '../../../server/features/signing-keys/model.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { connect } from '../../../server/platform/db/connect.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { loadedRing } from '../../kit/key-ring.ts';
import type { World } from '../peers/world.ts';
import { makeApiKeys } from './api-keys.ts';
import { onServer } from './database.ts';
import { publicUrl, secretKey } from './settings.ts';

interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly secret: string;
}

/** What callers send, and what peers need in order to check it. */
export interface Credentials {
  /** Charter's own access tokens, one per session. */
  readonly tokens: string[];
  /** The secrets of cookie sessions. */
  readonly cookies: string[];
  /** Charter's own API keys. */
  readonly apiKeys: string[];
  readonly world: World;
}

/** Signs so many accounts in, by token and by cookie, and gives each a key: all of them real. */
export async function makeCredentials(databaseUrl: string, count: number): Promise<Credentials> {
  const users = await onServer(databaseUrl, 'select id from users limit $1', [count]);
  const userIds = users.map(({ id }) => id as string);
  const byToken = await insertSessions(databaseUrl, 'tokens', userIds);
  const byCookie = await insertSessions(databaseUrl, 'cookie', userIds);
  const ring = await readRing(databaseUrl);
  const issuing = { issuer: publicUrl, lifetimeSeconds: 3_600 };
  const accessTokens = new AccessTokens(ring, systemClock, issuing);
  const authenticatedAt = new Date();
  const sign = ({ id, userId }: SessionRow) =>
    accessTokens.sign({
      userId,
      sessionId: id,
      authenticatedAt,
      methods: ['pwd'],
      roles: ['member'],
    });
  const { kid, publicJwk } = ring.getSigning();
  return {
    tokens: await Promise.all(byToken.map(sign)),
    cookies: byCookie.map(({ secret }) => secret),
    apiKeys: await makeApiKeys(databaseUrl, userIds),
    world: {
      databaseUrl,
      issuer: publicUrl,
      audience: service.audience,
      publicJwk: { ...publicJwk, kid },
    },
  };
}

async function readRing(url: string): Promise<KeyRing> {
  const db = connect({ url, poolSize: 1, statementTimeoutMs: 10_000 });
  const keys = await readSigningKeys(db, new SecretKeys([secretKey]), new Date());
  await db.destroy();
  return loadedRing(async () => keys, systemClock);
}

/** What the benchmark holds of a sign-in: the table gets the hash of the secret. */
async function insertSessions(
  url: string,
  kind: 'tokens' | 'cookie',
  userIds: readonly string[],
): Promise<SessionRow[]> {
  const sessions = userIds.map((userId) => ({
    id: randomUUIDv7(),
    userId,
    secret: randomBytes(20).toString('hex'),
  }));
  await onServer(
    url,
    `insert into sessions (id, user_id, kind, secret_hash, methods, authenticated_at, last_seen_at,
       idle_expires_at, expires_at, created_at)
     select id, user_id, $1, secret_hash, '{pwd}', now(), now(), now() + interval '1 day',
       now() + interval '1 day', now()
     from unnest($2::uuid[], $3::uuid[], $4::text[]) as given (id, user_id, secret_hash)`,
    [
      kind,
      sessions.map(({ id }) => id),
      userIds,
      sessions.map(({ secret }) => hash('sha256', secret, 'hex')),
    ],
  );
  return sessions;
}
