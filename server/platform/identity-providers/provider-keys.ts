import { createLocalJWKSet, errors, type JWSHeaderParameters, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { type Clock, hourSeconds, minuteSeconds, secondsAfter } from '../clock.ts';
import { ProviderError } from './identity-provider.ts';
import { readJson } from './json.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { Remembered } from './remembered.ts';

/** A key that the provider has withdrawn is believed no longer than this. */
const lifeSeconds = hourSeconds;

/** Anybody can make up names of keys: they cause no more reading than this. */
const pauseSeconds = minuteSeconds;

const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100),
});

type KeyOf = ReturnType<typeof createLocalJWKSet>;

interface Parts {
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
  readonly address: () => Promise<string>;
}

/** The keys that a provider signs with. A new one is found when the first token names it. */
export class ProviderKeys {
  readonly #remembered: Remembered<KeyOf>;
  readonly #clock: Clock;
  #lookedAgainAt: Date | undefined;

  constructor(parts: Parts) {
    this.#clock = parts.clock;
    this.#remembered = new Remembered(() => read(parts), { clock: parts.clock, lifeSeconds });
  }

  /** For jose. */
  readonly keyOf: JWTVerifyGetKey = async (header: JWSHeaderParameters, token) => {
    const find = await this.#remembered.get();
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayLookAgain()) throw error;
      return (await this.#remembered.renew())(header, token);
    }
  };

  /** Counted when it begins: a reading that fails is one, too. */
  #mayLookAgain(): boolean {
    const now = this.#clock.now();
    const isPaused = this.#lookedAgainAt && secondsAfter(this.#lookedAgainAt, pauseSeconds) > now;
    if (isPaused || !this.#remembered.isOlderThan(pauseSeconds)) return false;
    this.#lookedAgainAt = now;
    return true;
  }
}

async function read({ fetch, address }: Parts): Promise<KeyOf> {
  const at = await address();
  const keySet = KeySet.safeParse(await readJson(await fetch(at), at)).data;
  if (!keySet) throw new ProviderError('invalid_answer', `${at}: is no set of keys`);
  return createLocalJWKSet(keySet);
}
