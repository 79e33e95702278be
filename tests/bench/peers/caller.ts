import { hash } from 'node:crypto';
import { cookieName } from './world.ts';

/** What the credential check reads. */
export interface CallerRow {
  readonly id: string;
  readonly user_id: string;
  readonly kind: 'cookie' | 'tokens';
  readonly idle_expires_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

/** The account behind a session that is live and of the right kind. */
export function liveUserId(
  row: CallerRow | undefined,
  kind: CallerRow['kind'],
): string | undefined {
  const now = new Date();
  const isLive =
    row?.kind === kind &&
    row.revoked_at === null &&
    row.idle_expires_at > now &&
    row.expires_at > now;
  return isLive ? row.user_id : undefined;
}

/** What the table holds of a cookie's secret. */
export function cookieHash(header = ''): string | undefined {
  const cookies = header.split(';').map((cookie) => cookie.trim());
  const secret = cookies
    .find((cookie) => cookie.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
  return secret && hash('sha256', secret, 'hex');
}

export function bearerToken(header = ''): string | undefined {
  return /^Bearer ([\w.-]+)$/i.exec(header)?.[1];
}
