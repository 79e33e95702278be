import { outsideCalls } from '../observability/call-context.ts';
import type { Log } from '../observability/log.ts';
import type { EventNews } from './event-news.ts';

/** Whoever does something with all events, beside the jobs: it keeps its own position in the feed. */
export interface Follower {
  readonly name: string;
  /** Reads on from where it was. One at a time in a process; throwing means that it looks again later. */
  readonly look: (signal: AbortSignal) => Promise<void>;
}

interface Parts {
  readonly news: EventNews;
  readonly log: Log;
}

/** Lets followers look whenever there may be something new, in a process that works off jobs. */
export class Followers {
  readonly #parts: Parts;
  readonly #stop = new AbortController();
  readonly #looking = new Set<Promise<void>>();
  #all: readonly Follower[] = [];
  #endNews: (() => Promise<void>) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  introduce(all: readonly Follower[]): void {
    this.#all = all;
  }

  begin(): void {
    if (this.#endNews || this.#stop.signal.aborted || this.#all.length === 0) return;
    const lookouts = this.#all.map((follower) => this.#lookout(follower));
    this.#endNews = this.#parts.news.onNews(() => {
      for (const look of lookouts) look();
    });
  }

  /** Lets those that look come to an end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#endNews?.();
    await Promise.all(this.#looking);
  }

  /** News that come while somebody looks make them look once more. */
  #lookout(follower: Follower): () => void {
    let isLooking = false;
    let isWanted = false;
    const look = async () => {
      for (isLooking = true; isWanted && !this.#stop.signal.aborted; ) {
        isWanted = false;
        await this.#look(follower);
      }
      isLooking = false;
    };
    return () => {
      isWanted = true;
      if (isLooking) return;
      const looking = outsideCalls(look);
      this.#looking.add(looking);
      void looking.finally(() => this.#looking.delete(looking));
    };
  }

  async #look({ name, look }: Follower): Promise<void> {
    try {
      await look(this.#stop.signal);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#parts.log.warn({ err: error, follower: name }, 'events cannot be followed yet');
    }
  }
}
