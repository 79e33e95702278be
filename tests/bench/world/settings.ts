import { randomBytes } from 'node:crypto';

export const publicUrl = 'https://api.bench.example';
export const pageOrigin = 'https://app.bench.example';
/** Small, so that 4,000 sessions in turn are new to it every time. */
export const callerCacheSize = 1_000;
export const secretKey = randomBytes(32).toString('base64url');

/** Charter's environment: production, with everything on and limits that the load does not reach. */
export function charterSettings(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    SECRET_KEYS: secretKey,
    PUBLIC_URL: publicUrl,
    CORS_ORIGINS: pageOrigin,
    ACCESS_TOKEN_SECONDS: '3600',
    CALLER_CACHE_SIZE: String(callerCacheSize),
    RATE_LIMIT_PER_MINUTE: '1000000',
    RATE_LIMIT_CREDENTIALS_PER_MINUTE: '1000000',
    RATE_LIMIT_WRITE_PER_MINUTE: '1000000',
    RATE_LIMIT_READ_PER_MINUTE: '1000000',
  };
}
