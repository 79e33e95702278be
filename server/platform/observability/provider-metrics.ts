import { performance } from 'node:perf_hooks';
import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/** What is asked of a provider that people sign in with. */
export type ProviderCall =
  | 'authorize'
  | 'redeem'
  | 'refresh'
  | 'profile'
  | 'revoke'
  | 'logout'
  | 'logout_token'
  | 'discover';

/** `failed` is a mistake of ours. */
export type ProviderOutcome = 'ok' | 'unreachable' | 'invalid_answer' | 'refused' | 'failed';

/**
 * What became of a look after an identity whose tokens are kept. `expired`: they have run out, and
 * nothing renews them. `skipped`: the account is at rest, or somebody was faster.
 */
export type SyncOutcome =
  | 'changed'
  | 'unchanged'
  | 'needs_reauthentication'
  | 'expired'
  | 'skipped'
  | 'unreachable'
  | 'invalid_answer';

/** Counts what is asked of the providers of identities, and how long they take. */
export class ProviderMetrics {
  readonly #duration: Histogram;
  readonly #syncs: Counter;

  constructor(meter: Meter) {
    this.#duration = meter.createHistogram('charter.provider.duration', {
      unit: 's',
      description: 'Duration of calls to providers that people sign in with.',
      advice: { explicitBucketBoundaries: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] },
    });
    this.#syncs = meter.createCounter('charter.provider.syncs', {
      unit: '{identity}',
      description: 'Number of looks after identities whose tokens are kept, by outcome.',
    });
  }

  countSync(provider: string, outcome: SyncOutcome): void {
    this.#syncs.add(1, { provider, outcome });
  }

  begin(provider: string, call: ProviderCall): (outcome: ProviderOutcome) => void {
    const startedAt = performance.now();
    return (outcome) => {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#duration.record(seconds, { provider, call, outcome });
    };
  }
}
