import { hash, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import * as z from 'zod';
import { service } from '../../../contract/service.ts';
import { tokenSkewSeconds } from '../../config/sessions.ts';
import type { Clock } from '../../platform/clock.ts';
import { problem } from '../../platform/problem-error.ts';
import type { RevocableCache } from '../../platform/revocations/revocable-cache.ts';
import { openSigned, protectedHeader } from '../signing-keys/es256.ts';
import type { KeyRing } from '../signing-keys/key-ring.ts';

export interface AccessTokenOptions {
  readonly issuer: string;
  readonly lifetimeSeconds: number;
  /** Where verified tokens are remembered; without it each one is verified each time. */
  readonly verified?: RevocableCache<VerifiedToken>;
}

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly authenticatedAt: Date;
  readonly methods: readonly string[];
  readonly roles: readonly string[];
  /** Somebody who acts as the account, and when that is over. */
  readonly acting?: { readonly id: string; readonly until: Date } | undefined;
}

/** What a token proves, and for how long. */
export interface VerifiedToken {
  readonly userId: string;
  readonly sessionId: string;
  readonly kid: string;
  readonly expiresAtSeconds: number;
}

// RFC 7519, 4.1.4: seconds, and a fraction is allowed. RFC 9068, 2.2: what a token must say.
const NumericDate = z.number();
const Claims = z.object({
  iss: z.string(),
  aud: z.literal(service.audience),
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.string().min(1),
  iat: NumericDate,
  nbf: NumericDate,
  exp: NumericDate,
  auth_time: NumericDate,
});

/** Access JWTs after RFC 9068, with ES256 instead of RS256 (decision 0005). */
export class AccessTokens {
  readonly #ring: KeyRing;
  readonly #clock: Clock;
  readonly #options: AccessTokenOptions;

  constructor(ring: KeyRing, clock: Clock, options: AccessTokenOptions) {
    this.#ring = ring;
    this.#clock = clock;
    this.#options = options;
  }

  get lifetimeSeconds(): number {
    return this.#options.lifetimeSeconds;
  }

  async sign(claims: AccessClaims): Promise<string> {
    await this.#ring.settled();
    const { kid, privateKey } = this.#ring.getSigning();
    const now = Math.floor(this.#nowSeconds());
    const { acting } = claims;
    const end = acting ? Math.floor(acting.until.getTime() / 1000) : Number.POSITIVE_INFINITY;
    return new SignJWT({
      client_id: service.audience,
      sid: claims.sessionId,
      auth_time: Math.floor(claims.authenticatedAt.getTime() / 1000),
      amr: [...claims.methods],
      // For others to read: our own decisions come from the role rows, so an edit works at once.
      roles: [...claims.roles],
      // RFC 8693, 4.1: who really acts.
      ...(acting && { act: { sub: acting.id } }),
    } satisfies JWTPayload)
      .setProtectedHeader(protectedHeader(kid))
      .setIssuer(this.#options.issuer)
      .setAudience(service.audience)
      .setSubject(claims.userId)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(Math.min(now + this.#options.lifetimeSeconds, end))
      .sign(privateKey);
  }

  /**
   * What memory knows of a token that was verified before; undefined says nothing of the token.
   * A key that has left the ring takes its tokens along.
   */
  recall(token: string): VerifiedToken | undefined {
    const known = this.#options.verified?.get(digest(token));
    if (!known || this.#isOver(known) || !this.#ring.find(known.kid)) return undefined;
    return known;
  }

  /** @throws a problem `unauthenticated` for anything but a good token of ours. */
  async verify(token: string): Promise<VerifiedToken> {
    return this.recall(token) ?? this.#open(token);
  }

  #open(token: string): VerifiedToken {
    const opened = openSigned(token, this.#ring.verifying());
    const claims = Claims.safeParse(opened?.payload).data;
    if (!opened || !claims || claims.iss !== this.#options.issuer) throw problem('unauthenticated');
    const { sub: userId, sid: sessionId, exp: expiresAtSeconds, nbf } = claims;
    const verified = { userId, sessionId, expiresAtSeconds, kid: opened.key.kid };
    const isEarly = nbf > Math.floor(this.#nowSeconds()) + tokenSkewSeconds;
    if (isEarly || this.#isOver(verified)) throw problem('unauthenticated');
    this.#options.verified?.set(digest(token), verified);
    return verified;
  }

  #isOver({ expiresAtSeconds }: VerifiedToken): boolean {
    return expiresAtSeconds <= Math.floor(this.#nowSeconds()) - tokenSkewSeconds;
  }

  #nowSeconds(): number {
    return this.#clock.now().getTime() / 1000;
  }
}

/** Memory must not hold what signs somebody in: a dump of it would. */
function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
