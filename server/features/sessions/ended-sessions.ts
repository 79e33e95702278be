import { type Clock, secondsAfter } from '../../platform/clock.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import { sessionEnded } from './model.ts';

interface Parts {
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, 'onRevoked'>;
}

/** Sessions whose access tokens are refused without asking the database, while they would be good. */
export class EndedSessions {
  readonly #clock: Clock;
  readonly #tokenLifeSeconds: number;
  // In the order of their ends: the first that is still needed ends the clearing.
  readonly #until = new Map<string, Date>();

  /** @param tokenLifeSeconds after this, a token has expired by itself. */
  constructor({ clock, revocations }: Parts, tokenLifeSeconds: number) {
    this.#clock = clock;
    this.#tokenLifeSeconds = tokenLifeSeconds;
    revocations.onRevoked(({ kind, subject }) => {
      if (kind === sessionEnded && subject !== null) this.#add(subject);
    });
  }

  has(sessionId: string): boolean {
    const until = this.#until.get(sessionId);
    return until !== undefined && until >= this.#clock.now();
  }

  #add(sessionId: string): void {
    const now = this.#clock.now();
    for (const [known, until] of this.#until) {
      if (until >= now) break;
      this.#until.delete(known);
    }
    this.#until.delete(sessionId);
    this.#until.set(sessionId, secondsAfter(now, this.#tokenLifeSeconds));
  }
}
