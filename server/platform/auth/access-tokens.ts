import { randomUUID } from 'node:crypto';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { problem } from '../problem-error.ts';
import type { KeyRing } from './key-ring.ts';

export interface AccessTokenOptions {
  readonly issuer: string;
  readonly lifetimeSeconds: number;
}

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly authenticatedAt: Date;
  readonly methods: readonly string[];
  readonly roles: readonly string[];
}

const audience = 'charter';
/** How far the clocks of issuer and verifier may lie apart. */
export const tokenSkewSeconds = 30;
// RFC 8725: a token may not bring its own key or demand extensions.
const refusedHeaders = ['crit', 'jwk', 'jku', 'x5u', 'x5c'];

const Claims = z.object({ sub: z.uuid(), sid: z.uuid() });

/** Access JWTs after RFC 9068, with ES256 instead of RS256 (docs/decisions). */
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

  sign(claims: AccessClaims): Promise<string> {
    const { kid, privateKey } = this.#ring.getSigning();
    const now = Math.floor(this.#clock.now().getTime() / 1000);
    return new SignJWT({
      client_id: 'charter',
      sid: claims.sessionId,
      auth_time: Math.floor(claims.authenticatedAt.getTime() / 1000),
      amr: [...claims.methods],
      // For others to read: our own decisions come from the role rows, so an edit works at once.
      roles: [...claims.roles],
    } satisfies JWTPayload)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .setIssuer(this.#options.issuer)
      .setAudience(audience)
      .setSubject(claims.userId)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + this.#options.lifetimeSeconds)
      .sign(privateKey);
  }

  /** @throws a problem `unauthenticated` for anything but a good token of ours. */
  async verify(token: string): Promise<{ userId: string; sessionId: string }> {
    try {
      const { payload } = await jwtVerify(token, this.#keyOf(token).publicKey, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: this.#options.issuer,
        audience,
        requiredClaims: ['sub', 'sid', 'jti', 'iat', 'nbf', 'exp', 'auth_time'],
        currentDate: this.#clock.now(),
        clockTolerance: tokenSkewSeconds,
      });
      const { sub, sid } = Claims.parse(payload);
      return { userId: sub, sessionId: sid };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw problem('unauthenticated', { cause: error });
      }
      throw error;
    }
  }

  #keyOf(token: string) {
    const header = readHeader(token);
    const key = header?.kid === undefined ? undefined : this.#ring.find(header.kid);
    if (!header || !key || refusedHeaders.some((name) => name in header)) {
      throw problem('unauthenticated');
    }
    return key;
  }
}

function readHeader(token: string) {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}
