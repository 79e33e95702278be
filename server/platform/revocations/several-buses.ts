import type { UnitOfWork } from '../db/transaction.ts';
import type { RevocationBus } from './bus.ts';

/**
 * One announcement by every way there is. Each may be lost alone, and a command may have been started
 * without the setting that names the other; whoever hears it twice reads once more.
 */
export class SeveralBuses implements RevocationBus {
  readonly #buses: readonly RevocationBus[];

  constructor(buses: readonly RevocationBus[]) {
    this.#buses = buses;
  }

  async announce(tx: UnitOfWork): Promise<void> {
    for (const bus of this.#buses) await bus.announce(tx);
  }

  listen(onNews: () => void): void {
    for (const bus of this.#buses) bus.listen(onNews);
  }

  async close(): Promise<void> {
    await Promise.all(this.#buses.map((bus) => bus.close()));
  }
}
