import type { Counter, Meter } from '@opentelemetry/api';

/**
 * What became of a sign-out with a provider. From here: the browser was `led_there`, or could not be,
 * as it is `not_offered` or has `failed`. From there: sessions `ended`, there was `nobody`, or the
 * token was `refused` or `replayed`.
 */
export type SignOutOutcome =
  | 'led_there'
  | 'not_offered'
  | 'failed'
  | 'ended'
  | 'nobody'
  | 'refused'
  | 'replayed';

/** Counts the sign-outs at, and by, identity providers. */
export class SignOutMetrics {
  readonly #signOuts: Counter;

  constructor(meter: Meter) {
    this.#signOuts = meter.createCounter('charter.provider.sign_outs', {
      unit: '{sign_out}',
      description: 'Number of sign-outs at and by identity providers, by outcome.',
    });
  }

  count(provider: string, outcome: SignOutOutcome): void {
    this.#signOuts.add(1, { provider, outcome });
  }
}
