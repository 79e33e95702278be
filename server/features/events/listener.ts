import type { LiveCall } from '../../operations/live.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PublishedEvent } from '../../platform/events/subscriber.ts';
import type { Revocation } from '../../platform/revocations/revocations.ts';
import { rolesChanged } from '../roles/model.ts';
import { signingKeyRevoked, signingKeysChanged } from '../signing-keys/model.ts';
import { mayHear } from './may-hear.ts';

/** What roles grant, and which keys sign, is behind every caller. */
const forAll: ReadonlySet<string> = new Set([rolesChanged, signingKeysChanged, signingKeyRevoked]);

export interface ListenerParts {
  readonly readmit: LiveCall['readmit'];
  readonly clock: Clock;
  /** They may hear no more, or it cannot be found out: whoever may comes back. */
  readonly onRefused: () => void;
}

/** Who listens, as long as they do: looked up anew when something of them was revoked or has expired. */
export class Listener {
  readonly #parts: ListenerParts;
  #actor: Actor;
  #isInDoubt = false;
  #isOver = false;
  #checking: Promise<void> | undefined;

  constructor(actor: Actor, parts: ListenerParts) {
    this.#actor = actor;
    this.#parts = parts;
  }

  /** Until it is known whether they may hear; undefined where it is. Never rejects. */
  get inDoubt(): Promise<void> | undefined {
    if (this.#hasExpired()) this.recheck();
    return this.#checking;
  }

  mayHear(event: PublishedEvent): boolean {
    return mayHear(this.#actor, event);
  }

  /** Whether a revocation may change what they hear; where it cannot be told, it may. */
  isConcerned({ kind, subject }: Revocation): boolean {
    const { id, session, apiKey, act } = this.#actor;
    if (apiKey || act || forAll.has(kind)) return true;
    return subject === id || subject === session?.id;
  }

  recheck(): void {
    this.#isInDoubt = true;
    this.#checking ??= this.#check();
  }

  leave(): void {
    this.#isOver = true;
  }

  /** What was revoked meanwhile is not in what was found out: once more, then. */
  async #check(): Promise<void> {
    try {
      while (this.#isInDoubt && !this.#isOver) {
        this.#isInDoubt = false;
        this.#actor = await this.#parts.readmit();
      }
      if (this.#hasExpired()) this.#parts.onRefused();
    } catch {
      this.#parts.onRefused();
    }
    this.#checking = undefined;
  }

  #hasExpired(): boolean {
    const { until } = this.#actor;
    return !this.#isOver && until !== undefined && until <= this.#parts.clock.now();
  }
}
