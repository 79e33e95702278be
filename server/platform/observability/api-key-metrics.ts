import type { Meter } from '@opentelemetry/api';

/** `refused` is unknown, mistyped, expired, revoked, or of an account that cannot act. */
export type ApiKeyOutcome = 'used' | 'refused';

/** Counts the calls that came with an API key. A number is raised, and read when somebody asks. */
export class ApiKeyMetrics {
  readonly #calls: Record<ApiKeyOutcome, number> = { used: 0, refused: 0 };

  constructor(meter: Meter) {
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

  count(outcome: ApiKeyOutcome): void {
    this.#calls[outcome] += 1;
  }
}
