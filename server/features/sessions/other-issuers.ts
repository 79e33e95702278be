import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/observability/log.ts';

interface Seen {
  count: number;
  lastAt: Date;
}

/** As long as somebody should know: an address that was changed on purpose is forgotten by then. */
const shownForMs = 15 * 60_000;
/** Nobody else can sign with our keys: so many are a mistake already. */
const mostIssuers = 5;

/**
 * Tokens that our keys have signed, and that name another issuer: another process has the same database, and
 * another `PUBLIC_URL`. Each refuses what the other issued, and looks healthy.
 */
export class OtherIssuers {
  readonly #seen = new Map<string, Seen>();
  readonly #parts: { readonly log: Pick<Log, 'warn'>; readonly clock: Clock };

  constructor(parts: { readonly log: Pick<Log, 'warn'>; readonly clock: Clock }) {
    this.#parts = parts;
  }

  /** The log is told of each once. */
  note(issuer: string): void {
    const { log, clock } = this.#parts;
    const known = this.#seen.get(issuer);
    if (known) {
      known.count += 1;
      known.lastAt = clock.now();
    } else if (this.#seen.size < mostIssuers) {
      this.#seen.set(issuer, { count: 1, lastAt: clock.now() });
      log.warn({ issuer }, 'a token of ours names another PUBLIC_URL, and is refused');
    }
  }

  warnings(): string[] {
    const since = this.#parts.clock.now().getTime() - shownForMs;
    return [...this.#seen]
      .filter(([, { lastAt }]) => lastAt.getTime() > since)
      .map(
        ([issuer, { count, lastAt }]) =>
          `PUBLIC_URL is ${issuer.slice(0, 200)} elsewhere: this process refused ${count} tokens from there, the last at ${lastAt.toISOString()}. Give all processes the same one.`,
      );
  }
}
