import { createHmac } from 'node:crypto';
import { type Client, unwrap } from '../../client/index.ts';
import type { TestApp } from './app.ts';
import { createPerson, type Person, signIn } from './callers.ts';

/** The code of an authenticator app at an instant: RFC 6238 once more, independent of the server. */
export function codeOf(secret: string, at: Date): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const hmac = createHmac('sha1', fromBase32(secret)).update(step).digest();
  const offset = (hmac.at(-1) ?? 0) & 0xf;
  return String((hmac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

export interface TwoFactorPerson extends Person {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** Signed in before the factor was there. */
  readonly client: Client;
  /** The code of the moment after the next step of time began: never one that was used. */
  nextCode(): string;
}

/** Somebody with an authenticator app that is confirmed. */
export async function aPersonWithTotp(
  app: TestApp,
  fields: Parameters<typeof createPerson>[1] = {},
): Promise<TwoFactorPerson> {
  const person = await createPerson(app, fields);
  const { client } = await signIn(app, person);
  const { secret } = await unwrap(client.secondFactors.enrol());
  const code = codeOf(secret, app.clock.now());
  const { codes } = await unwrap(client.secondFactors.confirm({ body: { code } }));
  return {
    ...person,
    secret,
    recoveryCodes: codes,
    client,
    nextCode: () => {
      app.clock.advance({ seconds: 30 });
      return codeOf(secret, app.clock.now());
    },
  };
}

/** The first step of a sign-in; answers the token for the second. */
export async function firstStep(
  app: TestApp,
  { username: identifier, password }: Person,
  delivery: 'tokens' | 'cookie' = 'tokens',
): Promise<string> {
  const answer = await unwrap(
    app.client().auth.login({ body: { identifier, password, delivery } }),
  );
  if (answer.delivery !== 'none') throw new Error('The account has no second factor');
  return answer.token;
}
