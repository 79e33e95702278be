import { createHash, createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

export type Fields = Readonly<Record<string, unknown>>;

/** What is untrue about a token. Fields replace the true ones; undefined ones are left out. */
export interface TokenLies {
  readonly claims?: Fields;
  readonly header?: Fields;
  /** Nobody, a key that was never published, or whoever takes the public key for a secret. */
  readonly signedBy?: 'nobody' | 'stranger' | 'public key';
}

/** Signs what it is told, by a key that can be exchanged. */
export class TokenMaker {
  #own = generateKeyPair('ES256', { extractable: true });
  readonly #stranger = generateKeyPair('ES256', { extractable: true });
  #rotations = 0;

  /** Another key takes the place of the one that is published. */
  rotate(): void {
    this.#own = generateKeyPair('ES256', { extractable: true });
    this.#rotations += 1;
  }

  async published(): Promise<JWK[]> {
    const { publicKey } = await this.#own;
    return [{ ...(await exportJWK(publicKey)), kid: this.#kid, alg: 'ES256', use: 'sig' }];
  }

  async make(claims: Fields, { header = {}, signedBy, ...lies }: TokenLies = {}): Promise<string> {
    const payload = without(undefined, { ...claims, ...lies.claims });
    const { privateKey, publicKey } = await this.#own;
    const named = without(undefined, { alg: 'ES256', kid: this.#kid, ...header });
    if (signedBy === 'nobody') return `${unsigned({ ...named, alg: 'none' }, payload)}.`;
    if (signedBy === 'public key') {
      const text = unsigned({ ...named, alg: 'HS256' }, payload);
      const secret = await exportSPKI(publicKey);
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    }
    const key = signedBy === 'stranger' ? (await this.#stranger).privateKey : privateKey;
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', ...named }).sign(key);
  }

  get #kid(): string {
    return `key-${this.#rotations}`;
  }
}

/** As ES256 wants it. */
export function hashOf(accessToken: string): string {
  const digest = createHash('sha256').update(accessToken).digest();
  return digest.subarray(0, 16).toString('base64url');
}

export function without(value: unknown, fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== value));
}

function unsigned(header: object, payload: object): string {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encoded(header)}.${encoded(payload)}`;
}
