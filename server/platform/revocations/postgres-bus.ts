import { Notifications } from '../db/notifications.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import type { Log } from '../observability/log.ts';
import type { RevocationBus } from './bus.ts';

const channel = 'charter_revocations';

/** LISTEN and NOTIFY. */
export class PostgresBus implements RevocationBus {
  readonly #notifications: Notifications;

  /** @param urlOf asked for each connection: a password may change while the service runs. */
  constructor(urlOf: () => string, log: Log) {
    this.#notifications = new Notifications({ channel, urlOf, log });
  }

  async announce(tx: UnitOfWork): Promise<void> {
    await tx.raw('select pg_notify(?, ?)', [channel, '']);
  }

  listen(onNews: () => void): void {
    this.#notifications.listen(onNews);
  }

  close(): Promise<void> {
    return this.#notifications.close();
  }
}
