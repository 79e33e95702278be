import { performance } from 'node:perf_hooks';
import type { Histogram, Meter } from '@opentelemetry/api';

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

/** Counts what is asked of the providers of identities, and how long they take. */
export class ProviderMetrics {
  readonly #duration: Histogram;

  constructor(meter: Meter) {
    this.#duration = meter.createHistogram('charter.provider.duration', {
      unit: 's',
      description: 'Duration of calls to providers that people sign in with.',
    });
  }

  begin(provider: string, call: ProviderCall): (outcome: ProviderOutcome) => void {
    const startedAt = performance.now();
    return (outcome) => {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#duration.record(seconds, { provider, call, outcome });
    };
  }
}
