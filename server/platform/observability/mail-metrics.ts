import type { Counter, Meter } from '@opentelemetry/api';

/** `deferred` was not taken, and is tried again; `failed` is tried no more. */
export type MailOutcome = 'sent' | 'deferred' | 'failed';

/** Counts what became of the attempts to bring mails out. */
export class MailMetrics {
  readonly #attempts: Counter;

  constructor(meter: Meter) {
    this.#attempts = meter.createCounter('charter.mail.attempts', {
      unit: '{attempt}',
      description: 'Number of attempts to bring a mail to the next mail server.',
    });
  }

  count(kind: string, outcome: MailOutcome): void {
    this.#attempts.add(1, { kind, outcome });
  }
}
