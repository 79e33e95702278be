import type { Counter, Meter } from '@opentelemetry/api';

/**
 * What became of a sign-in with a provider. There: `unreachable`, `invalid_answer`, and `denied` by
 * the person or the provider. Here: `expired` or begun elsewhere, `refused` by a rule of ours.
 */
export type SignInOutcome =
  | 'signed_in'
  | 'second_factor'
  | 'linked'
  | 'refused'
  | 'denied'
  | 'expired'
  | 'unreachable'
  | 'invalid_answer';

/** Counts the sign-ins with identity providers. */
export class SignInMetrics {
  readonly #signIns: Counter;

  constructor(meter: Meter) {
    this.#signIns = meter.createCounter('charter.provider.sign_ins', {
      unit: '{sign_in}',
      description: 'Number of sign-ins with an identity provider that have ended, by outcome.',
    });
  }

  count(provider: string, outcome: SignInOutcome): void {
    this.#signIns.add(1, { provider, outcome });
  }
}
