import {
  connect,
  type Database,
  type DatabaseOptions,
} from '../../../server/platform/db/connect.ts';

export function urlOf(db: Database): string {
  return (db.client.config.connection as { connectionString: string }).connectionString;
}

/** Another pool of two connections to the same database. */
export function openLike(db: Database, options: Partial<DatabaseOptions> = {}): Database {
  return connect({ url: urlOf(db), poolSize: 2, statementTimeoutMs: 5_000, ...options });
}
