import type { Counter, Meter } from '@opentelemetry/api';

/** `failed` is an attempt to make an archive, and is tried again; `expired` nobody fetched in time. */
export type ExportOutcome = 'requested' | 'built' | 'failed' | 'downloaded' | 'expired';

export type CountedFactor = (typeof factors)[number];
const factors = ['totp', 'passkey', 'recovery_code'] as const;
/** `refused` was wrong, used before, or came while the account had to wait. */
export type FactorOutcome = 'enrolled' | 'removed' | 'proved' | 'refused';

/** Counts what becomes of archives, second factors and impersonations: never of whose. */
export class AccountMetrics {
  readonly #exports: Counter;
  readonly #factors: Counter;
  readonly #impersonations: Counter;

  constructor(meter: Meter) {
    this.#exports = meter.createCounter('charter.account.exports', {
      unit: '{export}',
      description: 'Number of archives of accounts, by what became of them.',
    });
    this.#factors = meter.createCounter('charter.second_factors', {
      unit: '{factor}',
      description: 'Number of second factors that were enrolled, removed, proved and refused.',
    });
    // An alert looks at it: a series that begins with 1 has not increased.
    for (const kind of factors) this.#factors.add(0, { kind, outcome: 'refused' });
    this.#impersonations = meter.createCounter('charter.impersonations', {
      unit: '{impersonation}',
      description: 'Number of times that somebody began, and ended, to act as another account.',
    });
  }

  countExport(outcome: ExportOutcome, count = 1): void {
    if (count > 0) this.#exports.add(count, { outcome });
  }

  countFactor(kind: CountedFactor, outcome: FactorOutcome, count = 1): void {
    if (count > 0) this.#factors.add(count, { kind, outcome });
  }

  /** Those that end by themselves are not counted as ended. */
  countImpersonation(outcome: 'started' | 'ended'): void {
    this.#impersonations.add(1, { outcome });
  }
}
