import type { UnitOfWork } from '../db/transaction.ts';

/**
 * Tells the other processes that there is something new to read. A hint, not the news itself:
 * it may be lost, and then the poll finds the same rows a little later.
 */
export interface RevocationBus {
  /** Part of the transaction: nobody hears of what is rolled back. */
  announce(tx: UnitOfWork): Promise<void>;
  /** Calls back at every announcement and after every reconnection. */
  listen(onNews: () => void): void;
  close(): Promise<void>;
}
