import { createHash } from 'node:crypto';
import { maxKeyLength } from '../../contract/kit/facets/idempotency.ts';
import type { FindingCode } from '../../contract/kit/findings.ts';
import type { Presented } from '../platform/auth/guard.ts';
import { invalidInput } from '../platform/problem-error.ts';
import type { Input } from './reply.ts';

// RFC 8941, 3.3.3, as the draft wants it; most callers leave the quotes out.
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$/;
const bare = /^[\w!#$%&'*+.^`|~:/=-]+$/;

/**
 * The key that came with a call. Quotes are no part of it.
 * @throws a problem `validation_failed` for one that cannot be read, or that must be there.
 */
export function readKey(
  { 'idempotency-key': value }: Presented,
  isRequired: boolean,
): string | undefined {
  if (value === undefined) {
    if (isRequired) throw wrong('required', 'This is required');
    return undefined;
  }
  if (value.length > maxKeyLength) throw wrong('too_long', `At most ${maxKeyLength} characters`);
  if (bare.test(value)) return value;
  const text = quoted.exec(value)?.[1];
  if (text === undefined) {
    throw wrong('wrong_format', 'Write printable ASCII in quotes, or letters and digits without');
  }
  return text.replace(/\\(.)/g, '$1');
}

function wrong(code: FindingCode, message: string) {
  return invalidInput({ in: 'headers', path: 'idempotency-key', code, message });
}

/** The same for the same input, in whatever order its fields came. */
export function fingerprintOf({ params, query, body }: Input): string {
  const text = JSON.stringify([params ?? {}, query ?? {}, body], inOrder);
  return createHash('sha256').update(text).digest('base64url');
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
