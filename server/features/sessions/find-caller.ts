import type { Actor } from '../../platform/auth/actor.ts';
import type { ProgramToken } from './access-claims.ts';
import type { Session } from './model.ts';

/** The columns that decide whether a session holds, and for whom. */
export type SessionState = Pick<
  Session,
  | 'id'
  | 'userId'
  | 'kind'
  | 'authenticatedAt'
  | 'lastSeenAt'
  | 'idleExpiresAt'
  | 'expiresAt'
  | 'revokedAt'
  | 'impersonatorId'
  | 'impersonatorSessionId'
>;

/** A session and who acts with it. Whether the session is live, its finder decides. */
export interface FoundCaller {
  readonly session: SessionState;
  readonly actor: Actor;
}

/** Whether the database is asked for everything, what roles grant included. */
export interface Exactness {
  readonly exact: boolean;
}

/** By its public id, as tokens name it, or by the hash of a cookie's secret. */
export type SessionKey = { readonly id: string } | { readonly secretHash: string };

/**
 * Reads a session with its account: one statement. Undefined when there is none, or when its
 * account is gone or inactive. What roles grant may come from memory, but not for `exact`.
 */
export type FindCaller = (key: SessionKey, wanted: Exactness) => Promise<FoundCaller | undefined>;

/** Who is behind a token that was given for an API key; undefined when the key opens nothing more. */
export type FindProgram = (token: ProgramToken, wanted: Exactness) => Promise<Actor | undefined>;
