import type { QueryBuilder } from 'objection';
import { AppModel } from '../../platform/db/app-model.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';

export type SessionKind = 'cookie' | 'tokens';

/** One sign-in on one device. The id is public; of the secret only a hash is kept. */
export class Session extends AppModel {
  static override tableName = 'sessions';
  declare userId: string;
  declare kind: SessionKind;
  declare secretHash: string;
  declare methods: string[];
  declare userAgent: string | null;
  declare address: string | null;
  declare authenticatedAt: Date;
  declare lastSeenAt: Date;
  declare idleExpiresAt: Date;
  declare expiresAt: Date;
  declare refreshGeneration: number;
  declare refreshedAt: Date | null;
  declare revokedAt: Date | null;
  declare revokedReason: string | null;
  declare createdAt: Date;
  /** Who really acts, and the session from which they began to; null for an own session. */
  declare impersonatorId: string | null;
  declare impersonatorSessionId: string | null;
}

type Ends = Pick<Session, 'revokedAt' | 'idleExpiresAt' | 'expiresAt'>;

export function isLive(session: Ends, now: Date): boolean {
  return session.revokedAt === null && session.idleExpiresAt > now && session.expiresAt > now;
}

/** What a session must know of its account: whether it can act. */
class Account extends AppModel {
  static override tableName = 'users';
  static override softDelete = true;
  declare deactivatedAt: Date | null;
}

/** Of accounts that can act: neither removed nor deactivated. */
export function ofLiveAccount(query: QueryBuilder<Session>): void {
  const account = Account.query().whereColumn('users.id', 'sessions.userId');
  query.whereExists(account.whereNull('users.deactivatedAt'));
}

export const ownSessionById = statement('sessions.ownById', ({ id }: Args<{ id: string }>) =>
  Session.query().modify(ofLiveAccount).where('sessions.id', id),
);

export const sessionById = statement('sessions.byId', ({ id }: Args<{ id: string }>) =>
  Session.query().where('id', id),
);

/** The session at a provider from which one of ours began. */
export class ProviderSession extends AppModel {
  static override tableName = 'provider_sessions';
  /** Null while a second factor is still to be proven. */
  declare sessionId: string | null;
  declare provider: string;
  declare subjectHash: string;
  declare sidHash: string | null;
  declare sealedTokens: string;
  declare createdAt: Date;
  declare expiresAt: Date;
}

/** Whoever ends several takes them in one order: two at once must not wait for each other. */
export function lockedInOrder(query: QueryBuilder<ProviderSession>): void {
  query.select('id').orderBy('id').forUpdate();
}

export const aboutProviderSession = (id: string) => `provider_sessions:${id}`;

/** A logout token of a provider that was used: its id is a hash of issuer and `jti`. */
export class LogoutToken extends AppModel {
  static override tableName = 'logout_tokens';
  declare sidHash: string | null;
  declare createdAt: Date;
  declare expiresAt: Date;
}

/** A network or a kind of browser from which an account has signed in. */
export class KnownDevice extends AppModel {
  static override tableName = 'known_devices';
  static override idColumn = ['userId', 'signal'];
  declare userId: string;
  declare signal: string;
  declare seenAt: Date;
}

interface Signals {
  readonly userId: string;
  readonly agent: string;
  readonly network: string;
}

export const knownSignals = statement(
  'sessions.knownSignals',
  ({ userId, agent, network }: Args<Signals>) =>
    KnownDevice.query()
      .select('signal', 'seenAt')
      .where({ userId })
      .where((query) => {
        void query.where({ signal: agent }).orWhere({ signal: network });
      }),
);

/**
 * Revocations of what this feature owns: one session ended; one access token did, of a program; all
 * that is known of an account is void.
 */
export const sessionEnded = 'session';
export const tokenEnded = 'token';
export const accountVoided = 'user';
