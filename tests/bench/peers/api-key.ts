import { hash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { keyPrefix } from './world.ts';

/** What the check of an API key reads. */
export interface KeyRow {
  readonly user_id: string;
  readonly secret_hash: string;
  readonly expires_at: Date;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const pattern = new RegExp(`^(${keyPrefix}_([0-9a-f]{32})_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$`);

/** The id in a key whose checksum is right; nothing else that a caller sends looks like one. */
export function idOfKey(text: string): string | undefined {
  const [, body = '', id, checksum] = pattern.exec(text) ?? [];
  if (!id || checksumOf(body) !== checksum) return undefined;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The account behind a key that is whole and has not ended. */
export function userIdOfKey(row: KeyRow | undefined, text: string): string | undefined {
  if (!row || row.expires_at <= new Date()) return undefined;
  const given = Buffer.from(hash('sha256', text, 'hex'));
  return timingSafeEqual(Buffer.from(row.secret_hash), given) ? row.user_id : undefined;
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let written = '';
  for (let place = 0; place < 6; place += 1) {
    written = digits.charAt(rest % 62) + written;
    rest = Math.floor(rest / 62);
  }
  return written;
}
