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

/** By what somebody wants to be known; `second_factor` is the second step of a sign-in. */
export type SignInMethod = (typeof methods)[number];
const methods = ['password', 'passkey', 'magic_link', 'provider', 'second_factor'] as const;

/**
 * What became of one step. `refused`: what was shown proves nothing. `held_back`: it came while one
 * has to wait, and was not looked at. `not_admitted`: it was right, and the account may not sign in.
 * `failed`: a fault of ours.
 */
export type SignInEnd =
  | 'signed_in'
  | 'second_factor_needed'
  | 'refused'
  | 'held_back'
  | 'not_admitted'
  | 'failed';

/** What alerts look at is there from the start: a series that begins with 1 has not increased. */
const alerting: readonly SignInEnd[] = ['signed_in', 'refused', 'held_back'];

/** Counts sign-ins: all of them, and once more those with identity providers. */
export class SignInMetrics {
  readonly #ends: Counter;
  readonly #signIns: Counter;

  constructor(meter: Meter) {
    this.#ends = meter.createCounter('charter.sign_ins', {
      unit: '{sign_in}',
      description: 'Number of steps of sign-ins, by method and outcome.',
    });
    for (const method of methods) {
      for (const outcome of alerting) this.#ends.add(0, { method, outcome });
    }
    this.#signIns = meter.createCounter('charter.provider.sign_ins', {
      unit: '{sign_in}',
      description: 'Number of sign-ins with an identity provider that have ended, by outcome.',
    });
  }

  countEnd(method: SignInMethod, outcome: SignInEnd): void {
    this.#ends.add(1, { method, outcome });
  }

  count(provider: string, outcome: SignInOutcome): void {
    this.#signIns.add(1, { provider, outcome });
  }
}
