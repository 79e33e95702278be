import { type KeyObject, verify } from 'node:crypto';

export interface VerifyingKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
}

export interface Opened<Key> {
  readonly key: Key;
  readonly payload: unknown;
}

// Our longest token, with fifty role names of 64 characters, has 5,100. A longer one is refused unread.
const maxLength = 8_192;
// RFC 7515, 7.1: three parts in base64url without padding. A signature of P-256 has 64 bytes
// (RFC 7518, 3.4), 86 characters; the last one carries two bits, its other four must be zero.
const compact = /^([\w-]+)\.([\w-]+)\.([\w-]{85}[AQgw])$/;

/** The only protected header that tokens of this key have (RFC 9068, 2.1; RFC 8725, 3.1 and 3.11). */
export function protectedHeader(kid: string) {
  return { alg: 'ES256', typ: 'at+jwt', kid } as const;
}

/**
 * The key and the payload of a token that one of the keys signed; undefined for anything else.
 *
 * The header is compared with the one that we write, byte for byte, and parsed by nobody: there is
 * no algorithm, key, type or extension to choose (`alg`, `jwk`, `jku`, `x5u`, `x5c`, `crit`; RFC
 * 8725, 3.1, 3.10 and 3.11), and nothing of a token is parsed before its signature has been proven.
 */
export function openSigned<Key extends VerifyingKey>(
  token: string,
  keys: readonly Key[],
): Opened<Key> | undefined {
  const [, head, payload = '', signature = ''] =
    token.length > maxLength ? [] : (compact.exec(token) ?? []);
  const key = keys.find(({ kid }) => encode(JSON.stringify(protectedHeader(kid))) === head);
  if (!key || !isSigned(`${head}.${payload}`, signature, key)) return undefined;
  return { key, payload: parse(payload) };
}

/** In this thread: a hop to the pool costs more than it saves, and there it waits behind hashes. */
function isSigned(input: string, signature: string, { publicKey }: VerifyingKey): boolean {
  return verify(
    'sha256',
    Buffer.from(input, 'latin1'),
    // R and S side by side as in RFC 7518, 3.4: a signature in DER has no place here.
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** What is no JSON has no claims; whoever asks for one refuses it. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
