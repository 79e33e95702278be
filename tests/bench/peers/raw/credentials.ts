import { createPublicKey, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type pg from 'pg';
import { idOfKey, type KeyRow, userIdOfKey } from '../api-key.ts';
import { bearerToken, type CallerRow, cookieHash, liveUserId } from '../caller.ts';
import { callerByCookie, callerByKey, callerByToken } from '../sql.ts';
import { readWorld } from '../world.ts';
import { Refusal } from './validate.ts';

const world = readWorld();
const publicKey = createPublicKey({ key: world.publicJwk, format: 'jwk' });

/** Who calls, by token or by cookie; nobody is refused. */
export async function callerOf(pool: pg.Pool, { headers }: IncomingMessage): Promise<string> {
  const userId = headers.authorization
    ? await userOfBearer(pool, bearerToken(headers.authorization) ?? '')
    : await userOfCookie(pool, headers.cookie);
  if (!userId) throw new Refusal(401);
  return userId;
}

async function userOfBearer(pool: pg.Pool, token: string): Promise<string | undefined> {
  const keyId = idOfKey(token);
  if (keyId) {
    const { rows } = await pool.query<KeyRow>({ ...callerByKey, values: [keyId] });
    return userIdOfKey(rows[0], token);
  }
  const claims = verifiedClaims(token);
  const { rows } = await pool.query<CallerRow>({ ...callerByToken, values: [claims.sid] });
  return liveUserId(rows[0], 'tokens');
}

async function userOfCookie(
  pool: pg.Pool,
  cookie: string | undefined,
): Promise<string | undefined> {
  const values = [cookieHash(cookie)];
  const { rows } = await pool.query<CallerRow>({ ...callerByCookie, values });
  return liveUserId(rows[0], 'cookie');
}

function verifiedClaims(token: string): { sid: string } {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { alg, kid } = parsed(header);
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const isOurs =
    alg === 'ES256' &&
    kid === world.publicJwk.kid &&
    verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  if (!isOurs) throw new Refusal(401);
  const claims = parsed(payload);
  const now = Date.now() / 1000;
  const isGood =
    claims.iss === world.issuer &&
    claims.aud === world.audience &&
    claims.exp > now &&
    claims.nbf <= now + 30;
  if (!isGood) throw new Refusal(401);
  return claims;
}

/** As far as it can be trusted: each is compared above before it counts. */
interface Parsed {
  readonly alg?: string;
  readonly kid?: string;
  readonly iss?: string;
  readonly aud?: string;
  readonly exp: number;
  readonly nbf: number;
  readonly sid: string;
}

function parsed(part: string): Parsed {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Parsed;
}
