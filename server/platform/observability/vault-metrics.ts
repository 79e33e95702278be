import type { Meter } from '@opentelemetry/api';
import type { VaultState } from '../secrets/vault/vault.ts';

/** Whether secrets can be read, and what they were asked for. Nothing is told where there is no Vault. */
export class VaultMetrics {
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  watch(state: () => VaultState): void {
    this.#meter
      .createObservableGauge('charter.vault.up', {
        description: 'Whether this process could read Vault when it looked last.',
      })
      .addCallback((result) => result.observe(state().trouble === undefined ? 1 : 0));
    this.#meter
      .createObservableGauge('charter.vault.age', {
        unit: 's',
        description: 'How long ago this process has read Vault without a failure.',
      })
      .addCallback((result) => result.observe(state().ageSeconds));
    this.#meter
      .createObservableCounter('charter.vault.looks', {
        unit: '{look}',
        description: 'Number of times that this process looked whether a secret has changed.',
      })
      .addCallback((result) => {
        const { read, failed } = state().looks;
        result.observe(read, { outcome: 'read' });
        result.observe(failed, { outcome: 'failed' });
      });
  }
}
