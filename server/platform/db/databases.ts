import type { DatabaseConfig } from '../../config/database.ts';
import { connect, type Database } from './connect.ts';

export interface DirectOptions {
  /** For what may run longer than a request. */
  readonly statementTimeoutMs?: number;
}

export interface Databases {
  /** The pool, perhaps through a pooler: everything that the service does. */
  readonly pooled: Database;
  /**
   * One connection straight to the server, for as long as the work takes: for what locks or runs
   * long, as migrations do. (What listens has a client of its own: `revocations/postgres-bus.ts`.)
   */
  direct<Result>(work: (db: Database) => Promise<Result>, options?: DirectOptions): Promise<Result>;
  close(): Promise<void>;
}

/** Connects when it is needed, not before. Nothing else calls `connect`. */
export function openDatabases(config: DatabaseConfig): Databases {
  const pooled = connect(config);
  return {
    pooled,
    direct: async (work, { statementTimeoutMs = config.statementTimeoutMs } = {}) => {
      const db = connect({ url: config.directUrl, poolSize: 1, statementTimeoutMs });
      try {
        return await work(db);
      } finally {
        await db.destroy();
      }
    },
    close: () => pooled.destroy(),
  };
}
