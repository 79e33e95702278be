import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { generateRandomString } from 'oslo/crypto';
import { service } from '../../../contract/service.ts';

// 43 characters of 62: over 256 bits.
const secretLength = 43;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumLength = 6;

const pattern = new RegExp(
  `^(${service.keyPrefix}_([0-9a-f]{32})_[0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`,
);

/** `<prefix>_<id>_<secret><checksum>`: what its owner gets to see, once. */
export function makeKey(id: string): string {
  const secret = generateRandomString(secretLength, digits);
  const text = `${service.keyPrefix}_${id.replaceAll('-', '')}_${secret}`;
  return text + checksumOf(text);
}

/** Whether somebody means a key of ours, good or bad: no token begins like it. */
export function isKey(text: string): boolean {
  return text.startsWith(`${service.keyPrefix}_`);
}

/** The id in a key that is written as we write them; what was mistyped or made up costs no query. */
export function readKey(text: string): string | undefined {
  const [, body, id, checksum] = pattern.exec(text) ?? [];
  return body && id && checksumOf(body) === checksum ? uuidOf(id) : undefined;
}

/** The id of a key as people have it: a UUID, or its digits as they stand in a key. */
export function readKeyId(text: string): string | undefined {
  return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/.test(text)
    ? uuidOf(text.replaceAll('-', ''))
    : undefined;
}

function uuidOf(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The secret is random, so that a quick hash keeps it. */
export function hashKey(text: string): string {
  return hash('sha256', text, 'hex');
}

/** CRC-32 in six digits: a scanner can tell a key from what only looks like one. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let written = '';
  for (let place = 0; place < checksumLength; place += 1) {
    written = digits.charAt(rest % digits.length) + written;
    rest = Math.floor(rest / digits.length);
  }
  return written;
}
