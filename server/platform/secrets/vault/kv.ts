import * as z from 'zod';
import type { VaultSecret } from '../../../config/vault.ts';
import type { VaultCall } from './vault-call.ts';
import { failureOf, VaultFailure } from './vault-failure.ts';

const Version = z.object({
  version: z.int(),
  deletion_time: z.string().default(''),
  destroyed: z.boolean().default(false),
});

const Secret = z.object({
  data: z.object({ data: z.record(z.string(), z.unknown()), metadata: Version }),
});

/** A version that was deleted or destroyed is not found, and described all the same. */
const Gone = z.object({ data: z.object({ data: z.null(), metadata: Version }) });

export interface KvSecret {
  readonly version: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The newest version of a secret.
 * @throws {VaultFailure} saying which, and why there is none.
 */
export async function readSecret(
  call: VaultCall,
  { name, path }: VaultSecret,
  token: string,
  signal: AbortSignal | undefined,
): Promise<KvSecret> {
  const answer = await call({ method: 'GET', path, token, ...(signal && { signal }) });
  const { status, body, words, retryAfterMs } = answer;
  if (status === 404) throw new VaultFailure('missing', `${name}: ${goneWords(body) ?? words}`);
  if (status !== 200) throw failureOf(status, `${name}: ${words}`, retryAfterMs);
  const { success, data } = Secret.safeParse(body);
  if (!success) {
    throw new VaultFailure('foreign', `${name}: is no secret of a KV engine of version 2`);
  }
  return { version: data.data.metadata.version, values: data.data.data };
}

function goneWords(body: unknown): string | undefined {
  const { success, data } = Gone.safeParse(body);
  if (!success) return undefined;
  const { version, destroyed } = data.data.metadata;
  return `version ${version}, the newest, was ${destroyed ? 'destroyed' : 'deleted'}`;
}
