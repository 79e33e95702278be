import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Assertion, NewCredential } from '../../client/generated/schemas.ts';

/** What tests may want to be otherwise. */
export interface Odd {
  readonly origin?: string;
  readonly rpId?: string;
  readonly isVerified?: boolean;
  readonly signCount?: number;
  readonly userHandle?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
}

/**
 * An authenticator in software: real keys, real signatures, what WebAuthn asks for in bytes
 * (level 3, section 6.1). It counts its uses, unless it is one that syncs.
 */
export class Authenticator {
  readonly #origin: string;
  readonly #isSynced: boolean;
  readonly #id = randomBytes(32);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #count = 0;
  #userHandle = 'bm9ib2R5';

  constructor(origin: string, { isSynced = false } = {}) {
    this.#origin = origin;
    this.#isSynced = isSynced;
  }

  create(
    { rp, user, challenge }: { rp: { id: string }; user: { id: string }; challenge: string },
    odd: Odd = {},
  ): NewCredential {
    this.#userHandle = user.id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    const attested = [Buffer.alloc(16), length, this.#id, coseOf(this.#keys.publicKey)];
    const authData = Buffer.concat([this.#head(odd.rpId ?? rp.id, 0x40, odd), ...attested]);
    const attestation = cbor({ fmt: 'none', attStmt: {}, authData });
    return {
      ...this.#named(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, odd),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  get({ rpId, challenge }: { rpId: string; challenge: string }, odd: Odd = {}): Assertion {
    if (!this.#isSynced) this.#count += 1;
    const authData = this.#head(odd.rpId ?? rpId, 0, odd);
    const clientDataJSON = this.#clientData('webauthn.get', challenge, odd);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signed = createSign('sha256').update(Buffer.concat([authData, hash]));
    return {
      ...this.#named(),
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: signed.sign(this.#keys.privateKey).toString('base64url'),
        userHandle: odd.userHandle ?? this.#userHandle,
      },
    };
  }

  #named() {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const };
  }

  #head(rpId: string, flags: number, { isVerified = true, signCount = this.#count }: Odd): Buffer {
    const head = Buffer.alloc(5);
    const synced = this.#isSynced ? 0x18 : 0;
    head.writeUInt8(flags | 0x01 | (isVerified ? 0x04 : 0) | synced);
    head.writeUInt32BE(signCount, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), head]);
  }

  #clientData(type: string, challenge: string, odd: Odd): string {
    const { origin = this.#origin, crossOrigin = false } = odd;
    const data = { type: odd.type ?? type, challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }
}

/** An ES256 key after RFC 9053: kty 2, alg -7, curve 1. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const part = (text: string) => Buffer.from(text, 'base64url');
  const entries: [number, number | Buffer][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, part(x)],
    [-3, part(y)],
  ];
  return Buffer.concat([head(5, entries.length), ...entries.flat().map(cbor)]);
}

type Value = number | string | Buffer | { [name: string]: Value };

/** As much of CBOR (RFC 8949) as an authenticator writes. */
function cbor(value: Value): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = Object.entries(value);
  return Buffer.concat([head(5, entries.length), ...entries.flat().map(cbor)]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
