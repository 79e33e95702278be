import type { Counter, Meter } from '@opentelemetry/api';

/** `refused` is unknown, mistyped, expired, revoked, or of an account that cannot act. */
export type ApiKeyOutcome = 'used' | 'refused';

/** `refused`: the client is not known, or its secret is no key that works. */
export type ClientOutcome = 'issued' | 'refused';

/**
 * Counts the calls that came with an API key, and the tokens that were given for one. A number is
 * raised, and read when somebody asks.
 */
export class ApiKeyMetrics {
  readonly #calls: Record<ApiKeyOutcome, number> = { used: 0, refused: 0 };
  readonly #tokens: Counter;

  constructor(meter: Meter) {
    this.#tokens = meter.createCounter('charter.client_credentials.requests', {
      unit: '{request}',
      description: 'Number of requests for a token by an API key of a service account, by outcome.',
    });
    meter
      .createObservableCounter('charter.api_key.calls', {
        unit: '{call}',
        description: 'Number of calls that came with an API key.',
      })
      .addCallback((result) => {
        for (const [outcome, calls] of Object.entries(this.#calls)) {
          result.observe(calls, { outcome });
        }
      });
  }

  countToken(outcome: ClientOutcome): void {
    this.#tokens.add(1, { outcome });
  }

  count(outcome: ApiKeyOutcome): void {
    this.#calls[outcome] += 1;
  }
}
