import type pg from 'pg';
import type { Database } from '../db/connect.ts';

/** What pg-boss asks of a database. */
interface BossDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

interface PooledConnection extends pg.Client {
  /** Set by knex on a connection that it must not hand out again. */
  __knex__disposed?: unknown;
}

/**
 * Our pool as pg-boss sees it. Its statements go to the driver as they are: knex would rename the
 * columns of what comes back.
 */
export function bossDatabase({ client }: Database): BossDatabase {
  return {
    executeSql: async (text, values) => {
      const connection: PooledConnection = await client.acquireConnection();
      try {
        return await connection.query(text, values);
      } catch (error) {
        // Several statements in one text begin a transaction, and leave it open when one fails.
        connection.__knex__disposed = error;
        throw error;
      } finally {
        client.releaseConnection(connection);
      }
    },
  };
}
