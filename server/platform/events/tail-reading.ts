import type { Clock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import type { LiveEventMetrics } from '../observability/live-event-metrics.ts';
import type { Log } from '../observability/log.ts';
import type { EventNews } from './event-news.ts';
import { type FeedEvent, isBefore, type Position, readAfter } from './feed.ts';

export interface TailParts {
  readonly db: Database;
  readonly eventNews: EventNews;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Pick<LiveEventMetrics, 'watchHeld' | 'recordLag'>;
}

/** Somebody who follows: hears of what stands after a position. */
interface Follower {
  after: Position | undefined;
  readonly hear: (event: FeedEvent) => void;
}

const pageSize = 500;
// What waits for a transaction is looked for again soon: most end within a moment, and none announces it.
const firstRetryMs = 20;
const lastRetryMs = 1_000;

/** A place at the tail. Whoever has one hears nothing before they follow, and gives it back in the end. */
export interface Place {
  /** How far the tail has read. */
  readonly position: Position;
  /** The last event that it has read, whoever it was for; undefined where there was none yet. */
  readonly lastEventId: string | undefined;
  /** @returns whether they follow by now. Not who stands behind: they read up to here by themselves. */
  follow(after: Position, hear: (event: FeedEvent) => void): boolean;
  leave(): void;
}

/** From the first who follows until the last one leaves. */
export class TailReading {
  isOver = false;
  readonly #parts: TailParts;
  readonly #onOver: () => void;
  readonly #followers = new Set<Follower>();
  readonly #stopNews: () => Promise<void>;
  #position: Position;
  #lastEventId: string | undefined;
  #places = 0;
  #isReading = false;
  #isAwaited = false;
  #heldSince: number | undefined;
  #retryMs = firstRetryMs;
  #retry: NodeJS.Timeout | undefined;

  constructor(parts: TailParts, head: Position, onOver: () => void) {
    this.#parts = parts;
    this.#position = head;
    this.#onOver = onOver;
    this.#stopNews = parts.eventNews.onNews(() => void this.#readSoon());
  }

  /** For how long events have waited for a transaction. */
  get heldMs(): number {
    return this.#heldSince === undefined ? 0 : performance.now() - this.#heldSince;
  }

  enter(): Place {
    this.#places += 1;
    const readTo = () => this.#position;
    const lastRead = () => this.#lastEventId;
    let follower: Follower | undefined;
    let hasLeft = false;
    return {
      get position() {
        return readTo();
      },
      get lastEventId() {
        return lastRead();
      },
      follow: (after, hear) => {
        if (isBefore(after, this.#position)) return false;
        follower = { after, hear };
        this.#followers.add(follower);
        return true;
      },
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        if (follower) this.#followers.delete(follower);
        this.#places -= 1;
        if (this.#places === 0) this.#end();
      },
    };
  }

  #end(): void {
    this.isOver = true;
    clearTimeout(this.#retry);
    void this.#stopNews();
    this.#onOver();
  }

  /** News that come while the table is read may be younger than its snapshot: once more, then. */
  async #readSoon(): Promise<void> {
    this.#isAwaited = true;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#isAwaited && !this.isOver) {
        this.#isAwaited = false;
        await this.#read();
      }
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'events could not be read');
    } finally {
      this.#isReading = false;
    }
  }

  async #read(): Promise<void> {
    for (let isFull = true; isFull && !this.isOver; ) {
      const page = await readAfter(this.#parts.db, this.#position, pageSize);
      this.#position = page.position;
      this.#lastEventId = page.events.at(-1)?.id ?? this.#lastEventId;
      for (const event of page.events) this.#tell(event);
      isFull = page.isFull;
      this.#note(page.isHeld, page.events.length > 0);
    }
  }

  #tell(event: FeedEvent): void {
    const { clock, metrics } = this.#parts;
    metrics.recordLag(clock.now().getTime() - event.occurredAt.getTime());
    for (const follower of this.#followers) {
      // Who came from further ahead has had it.
      if (follower.after && !isBefore(follower.after, event)) continue;
      follower.after = undefined;
      follower.hear(event);
    }
  }

  #note(isHeld: boolean, hasMoved: boolean): void {
    clearTimeout(this.#retry);
    this.#heldSince = isHeld ? (this.#heldSince ?? performance.now()) : undefined;
    this.#retryMs = isHeld && !hasMoved ? Math.min(this.#retryMs * 2, lastRetryMs) : firstRetryMs;
    if (!isHeld || this.isOver) return;
    this.#retry = setTimeout(() => void this.#readSoon(), this.#retryMs);
    this.#retry.unref();
  }
}
