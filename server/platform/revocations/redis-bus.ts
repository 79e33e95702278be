import type { UnitOfWork } from '../db/transaction.ts';
import type { Channels } from '../redis/channels.ts';
import type { RevocationBus } from './bus.ts';

const channel = 'revocations';

/**
 * Announces through Redis, right after the commit. A process that dies in between has announced nothing,
 * and Redis keeps nothing for whoever is not there: both cost as much as the poll takes.
 */
export class RedisBus implements RevocationBus {
  readonly #channels: Channels;
  #isClosed = false;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  async announce(tx: UnitOfWork): Promise<void> {
    tx.afterCommit(() => this.#channels.publish(channel, ''));
  }

  listen(onNews: () => void): void {
    const tell = () => {
      if (!this.#isClosed) onNews();
    };
    this.#channels.subscribe(channel, { onMessage: tell, onSubscribed: tell });
  }

  /** The channels belong to whoever opened them. */
  async close(): Promise<void> {
    this.#isClosed = true;
  }
}
