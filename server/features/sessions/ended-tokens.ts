import { type Clock, secondsAfter } from '../../platform/clock.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';

interface Parts {
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, 'onRevoked'>;
}

interface Wanted {
  /** The kind of revocation that names what has ended. */
  readonly kind: string;
  /** After this, a token has expired by itself. */
  readonly tokenLifeSeconds: number;
}

/** What ended before its access tokens do: they are refused without asking the database. */
export class EndedTokens {
  readonly #clock: Clock;
  readonly #tokenLifeSeconds: number;
  // In the order of their ends: the first that is still needed ends the clearing.
  readonly #until = new Map<string, Date>();

  constructor({ clock, revocations }: Parts, wanted: Wanted) {
    this.#clock = clock;
    this.#tokenLifeSeconds = wanted.tokenLifeSeconds;
    revocations.onRevoked(({ kind, subject }) => {
      if (kind === wanted.kind && subject !== null) this.#add(subject);
    });
  }

  has(subject: string): boolean {
    const until = this.#until.get(subject);
    return until !== undefined && until >= this.#clock.now();
  }

  #add(subject: string): void {
    const now = this.#clock.now();
    for (const [known, until] of this.#until) {
      if (until >= now) break;
      this.#until.delete(known);
    }
    this.#until.delete(subject);
    this.#until.set(subject, secondsAfter(now, this.#tokenLifeSeconds));
  }
}
