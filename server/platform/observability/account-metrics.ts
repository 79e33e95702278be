import type { Counter, Meter } from '@opentelemetry/api';

/** `failed` is an attempt to make an archive, and is tried again; `expired` nobody fetched in time. */
export type ExportOutcome = 'requested' | 'built' | 'failed' | 'downloaded' | 'expired';

export type CountedFactor = 'totp' | 'passkey' | 'recovery_code';
/** `refused` was wrong, used before, or came while the account had to wait. */
export type FactorOutcome = 'enrolled' | 'removed' | 'proved' | 'refused';

/** Counts what becomes of accounts' archives and second factors: never of whose. */
export class AccountMetrics {
  readonly #exports: Counter;
  readonly #factors: Counter;

  constructor(meter: Meter) {
    this.#exports = meter.createCounter('charter.account.exports', {
      unit: '{export}',
      description: 'Number of archives of accounts, by what became of them.',
    });
    this.#factors = meter.createCounter('charter.second_factors', {
      unit: '{factor}',
      description: 'Number of second factors that were enrolled, removed, proved and refused.',
    });
  }

  countExport(outcome: ExportOutcome, count = 1): void {
    if (count > 0) this.#exports.add(count, { outcome });
  }

  countFactor(kind: CountedFactor, outcome: FactorOutcome, count = 1): void {
    if (count > 0) this.#factors.add(count, { kind, outcome });
  }
}
