import { section } from './section.ts';
import { whole } from './values.ts';

/** How far the clocks of issuer and verifier may lie apart (RFC 7519, 4.1.4). */
export const tokenSkewSeconds = 30;

const hourSeconds = 3_600;
const daySeconds = 86_400;

export const sessions = section({
  settings: {
    ACCESS_TOKEN_SECONDS: whole(30, 3_600).default(300),
    TOKEN_SESSION_IDLE_DAYS: whole(1, 365).default(7),
    TOKEN_SESSION_MAX_DAYS: whole(1, 365).default(30),
    COOKIE_SESSION_IDLE_HOURS: whole(1, 8_760).default(24),
    COOKIE_SESSION_MAX_DAYS: whole(1, 365).default(14),
    REVOCATION_POLL_MS: whole(100, 10_000).default(2_000),
    CALLER_CACHE_SIZE: whole(1, 1_000_000).default(10_000),
  },
  build: (given) => ({
    accessTokenSeconds: given.ACCESS_TOKEN_SECONDS,
    /** From its making until nobody takes it any more. */
    tokenLifeSeconds: given.ACCESS_TOKEN_SECONDS + tokenSkewSeconds,
    tokens: {
      idleSeconds: given.TOKEN_SESSION_IDLE_DAYS * daySeconds,
      maxSeconds: given.TOKEN_SESSION_MAX_DAYS * daySeconds,
    },
    cookie: {
      idleSeconds: given.COOKIE_SESSION_IDLE_HOURS * hourSeconds,
      maxSeconds: given.COOKIE_SESSION_MAX_DAYS * daySeconds,
    },
    revocationPollMs: given.REVOCATION_POLL_MS,
    /** How many callers, and how many verified tokens, are remembered. */
    cacheSize: given.CALLER_CACHE_SIZE,
  }),
});

export type SessionsConfig = ReturnType<typeof sessions.build>;
