import type { Clock } from '../clock.ts';
import type { ProviderCall, ProviderOutcome } from '../observability/provider-metrics.ts';

/** A provider that did not answer when it was asked last. */
export interface Silent {
  readonly name: string;
  readonly since: Date;
}

/** These can go well without asking the provider anything: what it publishes is remembered. */
const answeredFromMemory: readonly ProviderCall[] = ['authorize', 'logout', 'logout_token'];

/** What this process has found: nobody calls a provider to learn it. */
export class Silence {
  readonly #clock: Clock;
  readonly #since = new Map<string, Date>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(name: string, call: ProviderCall, outcome: ProviderOutcome): void {
    if (outcome === 'unreachable') {
      if (!this.#since.has(name)) this.#since.set(name, this.#clock.now());
    } else if (!answeredFromMemory.includes(call)) this.#since.delete(name);
  }

  list(): readonly Silent[] {
    return [...this.#since].map(([name, since]) => ({ name, since }));
  }
}
