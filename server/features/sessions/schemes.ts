import { tokenSkewSeconds } from '../../config/sessions.ts';
import type { Scheme } from '../../platform/auth/guard.ts';
import type { OriginCheck } from '../../platform/auth/origin.ts';
import { earlier } from '../../platform/clock.ts';
import { problem } from '../../platform/problem-error.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Callers } from './callers.ts';
import type { SessionCookies } from './cookies.ts';
import type { FindProgram } from './find-caller.ts';

interface Behind {
  readonly callers: Callers;
  readonly findProgram: FindProgram;
}

/** `Authorization: Bearer …`. The header decides alone, whatever it holds. */
export function bearerScheme({ callers, findProgram }: Behind, accessTokens: AccessTokens): Scheme {
  return {
    read: ({ authorization }) => authorization,
    authenticate: async (authorization, { exact }) => {
      const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
      if (!token) throw problem('unauthenticated');
      const claims = await accessTokens.verify(token);
      const actor =
        'apiKeyId' in claims
          ? await findProgram(claims, { exact })
          : await callers.byToken(claims.sessionId, { exact });
      const subject = 'apiKeyId' in claims ? claims.serviceAccountId : claims.userId;
      if (actor?.id !== subject) throw problem('unauthenticated');
      const end = new Date((claims.expiresAtSeconds + tokenSkewSeconds) * 1000);
      return { ...actor, until: actor.until ? earlier(actor.until, end) : end };
    },
  };
}

/** The session cookie, read only where no header is sent. */
export function cookieScheme(
  callers: Callers,
  cookies: SessionCookies,
  origins: OriginCheck,
): Scheme {
  return {
    // An empty cookie is none.
    read: ({ cookie }) => cookies.read(cookie) || undefined,
    authenticate: async (secret, { exact, isUnsafe }, presented) => {
      if (isUnsafe) origins.assertProven(presented);
      return callers.byCookie(secret, { exact });
    },
  };
}
