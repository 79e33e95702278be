import { secondsAfter } from '../../platform/clock.ts';
import { ProviderError } from '../../platform/identity-providers/identity-provider.ts';
import type { SyncOutcome } from '../../platform/observability/provider-metrics.ts';
import type { Platform } from '../../platform/platform.ts';
import { SealedByOtherKey } from '../../platform/secrets/secret-keys.ts';
import { User } from '../users/model.ts';
import type { Claimed, KeptTokens } from './kept-tokens.ts';
import { Identity } from './model.ts';
import { type KeptUp, Renewal } from './renewal.ts';

/** After so many failures in a row a provider is left alone until the next time. */
const patience = 3;
/** How many identities of a provider are looked after at a time. */
const batchSize = 1_000;

/** What the clock has done with providers: tokens and profiles are kept up, discovery is read. */
export class Upkeep {
  readonly #platform: Platform;
  readonly #kept: KeptTokens;

  constructor(platform: Platform, kept: KeptTokens) {
    this.#platform = platform;
    this.#kept = kept;
  }

  /** Each provider by itself: one that does not answer keeps no other. */
  async refresh(signal: AbortSignal): Promise<void> {
    await eachByItself(this.#keptUp(), (provider) => this.#tend(provider, signal));
  }

  /** One that fails is in the log and in the metrics, and is tried again the next time. */
  async rediscover(): Promise<void> {
    const { identityProviders } = this.#platform;
    await eachByItself(identityProviders.list(), async ({ name }) => {
      await identityProviders
        .find(name)
        ?.rediscover?.()
        .catch((error: unknown) => {
          if (!(error instanceof ProviderError)) throw error;
        });
    });
  }

  #keptUp(): KeptUp[] {
    const { identityProviders } = this.#platform;
    return identityProviders.list().flatMap(({ name }) => {
      const provider = identityProviders.find(name);
      return provider?.upkeep ? [provider as KeptUp] : [];
    });
  }

  async #tend(provider: KeptUp, signal: AbortSignal): Promise<void> {
    let failed = 0;
    for (let done = 0; done < batchSize && failed < patience && !signal.aborted; done += 1) {
      const claimed = await this.#kept.claim(provider.name);
      if (!claimed) return;
      const outcome = await this.#renew(provider, claimed);
      this.#platform.telemetry.providers.countSync(provider.name, outcome);
      const isFailure = outcome === 'unreachable' || outcome === 'invalid_answer';
      failed = isFailure ? failed + 1 : 0;
    }
  }

  async #renew(provider: KeptUp, claimed: Claimed): Promise<SyncOutcome> {
    const { platform, kept } = { platform: this.#platform, kept: this.#kept };
    const { identityId } = claimed;
    const identity = await Identity.query(platform.db).findById(identityId);
    // Of an account at rest nothing is asked.
    const isActive = identity && (await isAwake(platform, identity));
    if (!isActive) return this.#rest(provider, claimed);
    try {
      const outcome = await new Renewal({ platform, kept, provider }, claimed, identity).run();
      if (outcome === 'needs_reauthentication') {
        const line = { provider: provider.name, identityId };
        platform.log.info(line, 'an identity has to sign in with its provider again');
      }
      return outcome;
    } catch (error) {
      if (!(error instanceof SealedByOtherKey)) throw error;
      platform.log.error({ err: error, identityId }, 'tokens of a provider cannot be opened');
      return this.#rest(provider, claimed);
    }
  }

  async #rest({ upkeep }: KeptUp, claimed: Claimed): Promise<SyncOutcome> {
    const { db, clock } = this.#platform;
    const dueAt = secondsAfter(clock.now(), upkeep.everySeconds);
    await this.#kept.put(db, claimed, undefined, { dueAt, lease: null });
    return 'skipped';
  }
}

async function isAwake({ db }: Platform, { userId }: Identity): Promise<boolean> {
  return (await User.query(db).findById(userId).whereNull('deactivatedAt')) !== undefined;
}

/** All of them, at once; then the first failure. */
async function eachByItself<One>(
  all: readonly One[],
  work: (one: One) => Promise<void>,
): Promise<void> {
  const ended = await Promise.allSettled(all.map(work));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
