import { setTimeout as sleep } from 'node:timers/promises';
import { assertWellWritten, readVaultConfig } from '../config/config.ts';
import { type Env, type FromVault, withVault } from '../config/environment.ts';
import type { Vault } from '../platform/secrets/vault/vault.ts';
import { VaultFailure } from '../platform/secrets/vault/vault-failure.ts';
import { StartFailure } from '../platform/start-failure.ts';
import { explainVaultFailure } from './vault-failures.ts';

export interface ReadSecrets {
  /** With everything that Vault fills: what the configuration is read from. */
  readonly env: Env;
  /** To be followed from then on, and closed at the end; undefined where there is none. */
  readonly vault: Vault | undefined;
}

const firstRetryMs = 250;
const lastRetryMs = 4_000;

/**
 * The first step of whatever starts: server, worker and commands alike. Told to end meanwhile, it leaves
 * no token behind.
 * @throws {ConfigError} | {StartFailure}, or what the signal says.
 */
export async function readSecrets(env: Env, signal?: AbortSignal): Promise<ReadSecrets> {
  const config = readVaultConfig(env);
  if (!config) return { env, vault: undefined };
  const { Vault } = await import('../platform/secrets/vault/vault.ts');
  const vault = new Vault(config);
  try {
    const found = await openPatiently(vault, signal);
    const filled = withVault(env, found);
    if (filled.mistakes.length > 0) assertWellWritten(filled.env, filled.mistakes);
    return { env: filled.env, vault };
  } catch (error) {
    await vault.close();
    signal?.throwIfAborted();
    if (!(error instanceof VaultFailure)) throw error;
    // Whatever else is wrong can be mended in the same go.
    assertWellWritten(env);
    throw new StartFailure(explainVaultFailure(error, config), { cause: error });
  }
}

/** What may be otherwise in a moment is tried again, for as long as a start may take. */
async function openPatiently(vault: Vault, signal: AbortSignal | undefined): Promise<FromVault[]> {
  const until = performance.now() + vault.config.startSeconds * 1000;
  for (let retryMs = firstRetryMs; ; retryMs = Math.min(retryMs * 2, lastRetryMs)) {
    try {
      return await vault.open(signal);
    } catch (error) {
      if (!(error instanceof VaultFailure) || !error.isPassing) throw error;
      const waitMs = Math.max(retryMs * (0.5 + Math.random()), error.retryAfterMs ?? 0);
      if (performance.now() + waitMs > until) throw error;
      await sleep(waitMs, undefined, signal && { signal });
    }
  }
}
