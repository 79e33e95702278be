import * as z from 'zod';
import { service } from '../../../contract/service.ts';

/** What a token says of a sign-in. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly authenticatedAt: Date;
  readonly methods: readonly string[];
  readonly roles: readonly string[];
  /** Somebody who acts as the account, and when that is over. */
  readonly acting?: { readonly id: string; readonly until: Date } | undefined;
}

/** What a token says of a program that has shown one of its API keys. */
export interface ProgramClaims {
  readonly serviceAccountId: string;
  readonly apiKeyId: string;
  /** As OAuth writes them: separated by spaces. */
  readonly scope: string;
  /** No token outlives its key. */
  readonly until: Date;
}

interface Verified {
  readonly tokenId: string;
  readonly kid: string;
  readonly expiresAtSeconds: number;
}

export type SessionToken = Verified & Pick<AccessClaims, 'userId' | 'sessionId'>;
export type ProgramToken = Verified & Omit<ProgramClaims, 'until'>;

/** What a token proves, and for how long. */
export type VerifiedToken = SessionToken | ProgramToken;

/** Whom a token is about, for revocations: what a program lost, its API key is asked for. */
export function subjectsOf(token: VerifiedToken): string[] {
  return 'sessionId' in token ? [token.sessionId, token.userId] : [token.tokenId];
}

export function sessionClaims(claims: AccessClaims) {
  const { acting } = claims;
  return {
    client_id: service.audience,
    sid: claims.sessionId,
    auth_time: Math.floor(claims.authenticatedAt.getTime() / 1000),
    amr: [...claims.methods],
    // For others to read: our own decisions come from the role rows, so an edit works at once.
    roles: [...claims.roles],
    // RFC 8693, 4.1: who really acts.
    ...(acting && { act: { sub: acting.id } }),
  };
}

export function programClaims({ serviceAccountId, apiKeyId, scope }: ProgramClaims) {
  return { client_id: serviceAccountId, key_id: apiKeyId, scope };
}

// RFC 7519, 4.1.4: seconds, and a fraction is allowed. RFC 9068, 2.2: what a token must say.
const NumericDate = z.number();
const ofAny = {
  iss: z.string(),
  aud: z.literal(service.audience),
  sub: z.uuid(),
  jti: z.string().min(1),
  iat: NumericDate,
  nbf: NumericDate,
  exp: NumericDate,
};

// A session or an API key stands behind a token, and never both.
const OfSession = z.object({
  ...ofAny,
  sid: z.uuid(),
  auth_time: NumericDate,
  key_id: z.undefined().optional(),
});
const OfProgram = z.object({
  ...ofAny,
  jti: z.uuid(),
  key_id: z.uuid(),
  client_id: z.uuid(),
  scope: z.string(),
  sid: z.undefined().optional(),
});

export interface ReadClaims {
  readonly issuer: string;
  readonly notBeforeSeconds: number;
  readonly token: VerifiedToken;
}

/** What a payload says that we signed; undefined where it is none of ours. */
export function readClaims(payload: unknown, kid: string): ReadClaims | undefined {
  const claims = OfSession.safeParse(payload).data ?? OfProgram.safeParse(payload).data;
  if (!claims) return undefined;
  const { iss: issuer, nbf: notBeforeSeconds, exp: expiresAtSeconds, jti: tokenId, sub } = claims;
  const verified = { tokenId, kid, expiresAtSeconds };
  if ('auth_time' in claims) {
    const token = { ...verified, userId: sub, sessionId: claims.sid };
    return { issuer, notBeforeSeconds, token };
  }
  const { key_id: apiKeyId, client_id: serviceAccountId, scope } = claims;
  // RFC 9068, 2.2: without a person, the subject is the client.
  if (serviceAccountId !== sub) return undefined;
  const token = { ...verified, serviceAccountId, apiKeyId, scope };
  return { issuer, notBeforeSeconds, token };
}
