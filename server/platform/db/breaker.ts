import type { Log } from '../observability/log.ts';
import type { OutageMetrics } from '../observability/outage-metrics.ts';

export interface BreakerParts {
  /** Reaches the server by a connection of its own. */
  readonly probe: () => Promise<unknown>;
  readonly log: Pick<Log, 'warn' | 'info'>;
  readonly metrics: OutageMetrics;
}

/** What is refused because the database is known to be away. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/** So many failures, and no answer in between, before the server is asked whether it is there. */
const suspicious = 3;
/** How often it is asked while it is away; one at a time. */
const probeEveryMs = 500;
// Every SQLSTATE has five of these; codes of the network have words.
const sqlState = /^[0-9A-Z]{5}$/;
const startsOrStops = /^57P0/;

/**
 * Knows whether the server is there, so that an outage costs each caller an instant and not the time
 * that a connection may take. Failures alone only make it ask (a lock may hold up a whole pool of a
 * server that is well); what it believes is a connection of its own. While that fails, everybody is
 * refused at once, and it asks again until there is an answer.
 */
export class Breaker {
  readonly #parts: BreakerParts;
  readonly #onOpen: (() => void)[] = [];
  #failures = 0;
  #isAsking = false;
  #timer: NodeJS.Timeout | undefined;
  #since: number | undefined;
  #refused = 0;
  #isClosed = false;

  constructor(parts: BreakerParts) {
    this.#parts = parts;
    parts.metrics.watch(() => this.isOpen);
  }

  /** Whether the database is known to be away. */
  get isOpen(): boolean {
    return this.#since !== undefined;
  }

  /** Called each time that the database turns out to be away: who waits for it need not wait on. */
  onOpen(step: () => void): void {
    this.#onOpen.push(step);
  }

  /** @throws while the database is known to be away. */
  assertThere(): void {
    if (this.isOpen) throw this.refusal();
  }

  /** For one more caller. */
  refusal(): DatabaseAway {
    this.#refused += 1;
    this.#parts.metrics.refused();
    return new DatabaseAway('The database is away');
  }

  /** The server has answered somebody. */
  answered(): void {
    this.#failures = 0;
    if (this.#since !== undefined) this.#end(this.#since);
  }

  /** A connection could not be had, or broke. What the server itself says is an answer. */
  failed(reason?: unknown): void {
    if (isAnswer(reason)) return;
    this.#failures += 1;
    if (this.#failures >= suspicious && !this.isOpen) void this.#ask();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || this.#isClosed) return;
    this.#isAsking = true;
    const before = this.#failures;
    try {
      await this.#parts.probe();
      this.answered();
    } catch (error) {
      if (isAnswer(error)) this.answered();
      // An answer to somebody else in the meantime counts for more.
      else if (this.#failures >= before) this.#begin(error);
    } finally {
      this.#isAsking = false;
    }
    if (this.isOpen) this.#timer = setTimeout(() => void this.#ask(), probeEveryMs).unref();
  }

  #begin(error: unknown): void {
    if (this.#since !== undefined || this.#isClosed) return;
    this.#since = performance.now();
    this.#refused = 0;
    this.#parts.metrics.began();
    this.#parts.log.warn({ err: error }, 'the database is away: what needs it is refused at once');
    for (const step of this.#onOpen) step();
  }

  #end(since: number): void {
    this.#since = undefined;
    clearTimeout(this.#timer);
    const awayMs = Math.round(performance.now() - since);
    this.#parts.log.info({ awayMs, refused: this.#refused }, 'the database is back');
  }
}

/** Whether a server that is up has spoken: one that starts, stops or crashes is as good as away. */
function isAnswer(reason: unknown): boolean {
  const { code } = (reason ?? {}) as { code?: unknown };
  return typeof code === 'string' && sqlState.test(code) && !startsOrStops.test(code);
}
