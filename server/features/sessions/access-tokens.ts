import { hash, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { service } from '../../../contract/service.ts';
import { tokenSkewSeconds } from '../../config/sessions.ts';
import type { Clock } from '../../platform/clock.ts';
import { problem } from '../../platform/problem-error.ts';
import type { RevocableCache } from '../../platform/revocations/revocable-cache.ts';
import { openSigned, protectedHeader } from '../signing-keys/es256.ts';
import type { KeyRing } from '../signing-keys/key-ring.ts';
import {
  type AccessClaims,
  type ProgramClaims,
  programClaims,
  readClaims,
  sessionClaims,
  type VerifiedToken,
} from './access-claims.ts';

export interface AccessTokenOptions {
  readonly issuer: string;
  readonly lifetimeSeconds: number;
  /** Where verified tokens are remembered; without it each one is verified each time. */
  readonly verified?: RevocableCache<VerifiedToken>;
  /** Told of a good token that another issuer has signed with our keys. */
  readonly onOtherIssuer?: (issuer: string) => void;
}

export interface SignedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

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
    const { token } = await this.#sign(claims.userId, sessionClaims(claims), claims.acting?.until);
    return token;
  }

  /** With the seconds that it lives: a key may end before its token would. */
  signForProgram(claims: ProgramClaims): Promise<SignedToken> {
    return this.#sign(claims.serviceAccountId, programClaims(claims), claims.until);
  }

  async #sign(subject: string, claims: JWTPayload, until?: Date): Promise<SignedToken> {
    await this.#ring.settled();
    const { kid, privateKey } = this.#ring.getSigning();
    const now = Math.floor(this.#nowSeconds());
    const end = until ? Math.floor(until.getTime() / 1000) : Number.POSITIVE_INFINITY;
    const expiresAt = Math.min(now + this.#options.lifetimeSeconds, end);
    const token = await new SignJWT(claims)
      .setProtectedHeader(protectedHeader(kid))
      .setIssuer(this.#options.issuer)
      .setAudience(service.audience)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(expiresAt)
      .sign(privateKey);
    return { token, expiresInSeconds: expiresAt - now };
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
    const claims = opened && readClaims(opened.payload, opened.key.kid);
    if (!claims) throw problem('unauthenticated');
    const { token: verified, notBeforeSeconds, issuer } = claims;
    const isEarly = notBeforeSeconds > Math.floor(this.#nowSeconds()) + tokenSkewSeconds;
    if (isEarly || this.#isOver(verified)) throw problem('unauthenticated');
    if (issuer !== this.#options.issuer) {
      this.#options.onOtherIssuer?.(issuer);
      throw problem('unauthenticated');
    }
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
