import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { fromBase64url } from '../base64url.ts';

interface SecretKey {
  /** Names the key inside what it sealed, so that older values open after a rotation. */
  readonly id: string;
  readonly sealing: Buffer;
  readonly signing: Buffer;
}

/** The secret that sealed a value is not in the ring. */
export class SealedByOtherKey extends Error {
  override readonly name = 'SealedByOtherKey';
}

/**
 * A ring of secrets, newest first: the first one seals and signs, all of them open and verify.
 * Each purpose gets a key of its own by HKDF (RFC 5869).
 */
export class SecretKeys {
  #keys: Ring;

  constructor(secrets: readonly string[]) {
    this.#keys = ringOf(secrets);
  }

  /**
   * Another ring takes the place of this one, for everything from now on.
   * @throws where the two have no secret in common: nothing that was sealed would open any more.
   */
  replace(secrets: readonly string[]): void {
    const next = ringOf(secrets);
    const isKnown = next.some(({ id }) => this.#keys.some((key) => key.id === id));
    if (!isKnown) throw new Error('None of the secrets is in use: put the new one in front');
    this.#keys = next;
  }

  /** What a value that the first secret sealed begins with. */
  get prefix(): string {
    return `${this.#keys[0].id}.`;
  }

  /** AES-256-GCM. `about` binds the value to its row, so that it cannot be moved to another. */
  seal(plain: string, about: string): string {
    const [key] = this.#keys;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.sealing, iv).setAAD(Buffer.from(about));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [key.id, iv, sealed, cipher.getAuthTag()]
      .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
      .join('.');
  }

  /** @throws when the value was changed, moved, or sealed by a key that is not in the ring. */
  open(value: string, about: string): string {
    const [id, ...parts] = value.split('.');
    const [iv, sealed, tag] = parts.map(fromBase64url);
    const key = this.#keys.find((candidate) => candidate.id === id);
    if (!key) {
      throw new SealedByOtherKey('A sealed value needs a secret that is no longer in SECRET_KEYS');
    }
    if (!iv || !sealed || !tag) throw new Error('A sealed value is damaged');
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, iv).setAAD(Buffer.from(about));
    decipher.setAuthTag(tag);
    return decipher.update(sealed, undefined, 'utf8') + decipher.final('utf8');
  }

  /** HMAC-SHA256 over the text, base64url. */
  sign(text: string): string {
    return hmac(this.#keys[0], text).toString('base64url');
  }

  isSigned(text: string, signature: string): boolean {
    const given = fromBase64url(signature);
    if (!given) return false;
    return this.#keys.some((key) => {
      const expected = hmac(key, text);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

type Ring = readonly [SecretKey, ...SecretKey[]];

function ringOf(secrets: readonly string[]): Ring {
  const [first, ...rest] = secrets.map(derive);
  if (!first) throw new Error('At least one secret key is needed');
  return [first, ...rest];
}

function derive(secret: string): SecretKey {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    id: createHash('sha256').update(key('charter/id')).digest('base64url').slice(0, 8),
    sealing: key('charter/sealing'),
    signing: key('charter/signing'),
  };
}

function hmac(key: SecretKey, text: string): Buffer {
  return createHmac('sha256', key.signing).update(text).digest();
}
