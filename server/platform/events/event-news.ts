import { Notifications } from '../db/notifications.ts';
import type { Log } from '../observability/log.ts';

/** The trigger of the table announces on it (migration 0029). */
const channel = 'charter_events';

export interface EventNewsParts {
  readonly urlOf: () => string;
  readonly log: Log;
  /** How often whoever listens is told to look, whatever was announced. */
  readonly pollMs: number;
}

interface Open {
  readonly notifications: Notifications;
  readonly timer: NodeJS.Timeout;
}

/**
 * Tells that there may be events to read: a hint, by LISTEN and by the clock. One connection for all who
 * listen, and none while nobody does.
 */
export class EventNews {
  readonly #parts: EventNewsParts;
  readonly #listeners = new Set<() => void>();
  #open: Open | undefined;

  constructor(parts: EventNewsParts) {
    this.#parts = parts;
  }

  /** Calls back from now on, soon for the first time. Whoever listens ends it with what is returned. */
  onNews(listener: () => void): () => Promise<void> {
    this.#listeners.add(listener);
    this.#open ??= this.#begin();
    return async () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) await this.close();
    };
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    clearInterval(open?.timer);
    await open?.notifications.close();
  }

  #begin(): Open {
    const { urlOf, log, pollMs } = this.#parts;
    const tell = () => {
      for (const listener of this.#listeners) listener();
    };
    const notifications = new Notifications({ channel, urlOf, log });
    notifications.listen(tell);
    const timer = setInterval(tell, pollMs);
    timer.unref();
    return { notifications, timer };
  }
}
