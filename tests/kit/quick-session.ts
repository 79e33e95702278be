import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Permission } from '../../contract/kit/permissions.ts';
import { AccessTokens } from '../../server/features/sessions/access-tokens.ts';
import { hashSecret } from '../../server/features/sessions/lucia.ts';
import { Session, type SessionKind } from '../../server/features/sessions/model.ts';
import { refreshTokenOf } from '../../server/features/sessions/refresh-tokens.ts';
import { KeyRing } from '../../server/features/signing-keys/key-ring.ts';
import { readSigningKeys } from '../../server/features/signing-keys/model.ts';
import type { User } from '../../server/features/users/model.ts';
import { type Clock, secondsAfter } from '../../server/platform/clock.ts';
import type { Changes } from '../../server/platform/db/app-query.ts';
import { SecretKeys } from '../../server/platform/secrets/secret-keys.ts';
import type { TestApp } from './app.ts';
import { insertRole, insertUser } from './build.ts';

export interface QuickSession {
  readonly userId: string;
  readonly sessionId: string;
  /** What the caller sends. */
  readonly headers: Record<string, string>;
  /** Good for a refresh, where the session is one by tokens. */
  readonly refreshToken: string;
}

export interface Wanted {
  readonly roles?: readonly string[];
  /** Columns of the account that differ from the usual. */
  readonly account?: Changes<User>;
  /** In place of roles: exactly these. */
  readonly permissions?: Permission[];
  readonly kind?: SessionKind;
  /** How long ago the person signed in. */
  readonly signedInMinutesAgo?: number;
  /** Somebody else acts as the account, from this session. */
  readonly impersonatedBy?: Pick<QuickSession, 'userId' | 'sessionId'>;
  /** How long ago the access token was signed. */
  readonly tokenMinutesOld?: number;
}

/** Somebody new with a session, straight in the database: hashing a password is slow on purpose. */
export async function quickSession(app: TestApp, wanted: Wanted = {}): Promise<QuickSession> {
  const { permissions, kind = 'tokens', signedInMinutesAgo = 0 } = wanted;
  const roles = permissions ? [await insertRole(app, permissions)] : (wanted.roles ?? ['member']);
  const { id: userId } = await insertUser(app, { roles, ...wanted.account });
  const secret = randomBytes(20).toString('hex');
  const sessionId = randomUUIDv7();
  const now = app.clock.now();
  const authenticatedAt = secondsAfter(now, -60 * signedInMinutesAgo);
  await Session.query(app.db).insert({
    id: sessionId,
    userId,
    kind,
    secretHash: hashSecret(secret),
    methods: ['pwd'],
    authenticatedAt,
    lastSeenAt: now,
    createdAt: authenticatedAt,
    idleExpiresAt: secondsAfter(now, 86_400),
    expiresAt: secondsAfter(now, 86_400),
    impersonatorId: wanted.impersonatedBy?.userId ?? null,
    impersonatorSessionId: wanted.impersonatedBy?.sessionId ?? null,
  });
  const secretKeys = new SecretKeys(app.config.secrets.keys);
  const refreshToken = refreshTokenOf({ sessionId, generation: 0 }, secretKeys);
  if (kind === 'cookie') {
    const headers = { Cookie: `session=${secret}`, Origin: app.config.http.publicUrl };
    return { userId, sessionId, headers, refreshToken };
  }
  const signedAt = secondsAfter(now, -60 * (wanted.tokenMinutesOld ?? 0));
  const tokens = await accessTokensAt(app, { now: () => signedAt });
  const token = await tokens.sign({ userId, sessionId, authenticatedAt, methods: [], roles: [] });
  return { userId, sessionId, headers: { Authorization: `Bearer ${token}` }, refreshToken };
}

/** Signs as the app itself does, at any time. */
async function accessTokensAt(app: TestApp, clock: Clock): Promise<AccessTokens> {
  const { db, config } = app;
  const secretKeys = new SecretKeys(config.secrets.keys);
  const ring = new KeyRing(() => readSigningKeys(db, secretKeys, app.clock.now()), app.clock);
  await ring.reload();
  return new AccessTokens(ring, clock, {
    issuer: config.http.publicUrl,
    lifetimeSeconds: config.sessions.accessTokenSeconds,
  });
}
