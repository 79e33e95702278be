import * as z from 'zod';
import { type Clock, daySeconds, hourSeconds } from '../clock.ts';
import { ProviderError } from './identity-provider.ts';
import { readJson } from './json.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { Remembered } from './remembered.ts';

/** After so long it is read anew, while what is known is used on: nobody waits for it. */
const freshSeconds = hourSeconds;
/** After so long whoever needs it waits. */
const lifeSeconds = daySeconds;

const endpoint = z.url({ protocol: /^https?$/ }).max(2_048);

const Metadata = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  revocation_endpoint: endpoint.optional(),
  end_session_endpoint: endpoint.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
export type Metadata = z.output<typeof Metadata>;

interface Parts {
  /** What the document must name as its issuer, to the letter. */
  readonly issuer: string;
  readonly at: string;
  readonly allowHttp: boolean;
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
}

/** What a provider publishes about itself: read when it is first needed, by one reader at a time. */
export class Discovery {
  readonly #remembered: Remembered<Metadata>;

  constructor(parts: Parts) {
    this.#remembered = new Remembered(() => read(parts), { clock: parts.clock, lifeSeconds });
  }

  async get(): Promise<Metadata> {
    const metadata = await this.#remembered.get();
    // Whoever comes next tries again, if it fails.
    if (this.#remembered.isOlderThan(freshSeconds)) this.#remembered.renew().catch(() => {});
    return metadata;
  }

  async rediscover(): Promise<void> {
    await this.#remembered.renew();
  }
}

async function read({ issuer, at, allowHttp, fetch }: Parts): Promise<Metadata> {
  const json = await readJson(await fetch(at, { headers: { accept: 'application/json' } }), at);
  const { data: metadata, error } = Metadata.safeParse(json);
  if (!metadata) {
    const where = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new ProviderError('invalid_answer', `${at}: is no discovery document (${where})`);
  }
  if (metadata.issuer !== issuer) {
    throw new ProviderError(
      'invalid_answer',
      `${at}: is of another issuer than ${issuer}, which has to be written as the provider does`,
    );
  }
  const plain = Object.entries(metadata).find(
    ([key, value]) => isAddress(key) && !allowHttp && !String(value).startsWith('https:'),
  );
  if (plain) throw new ProviderError('invalid_answer', `${at}: ${plain[0]} is not https`);
  return metadata;
}

function isAddress(key: string): boolean {
  return key in Metadata.shape && (key.endsWith('_endpoint') || key.endsWith('_uri'));
}
