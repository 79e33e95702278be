import type pg from 'pg';
import { endsConnection } from './statements/failures.ts';

/** A connection of the pool, with what knex and pg keep on it. */
export interface PooledConnection extends pg.Client {
  readonly connection: pg.Connection;
  /** Set by knex on a connection that it must not hand out again. */
  __knex__disposed?: unknown;
}

/** Without a goodbye: a statement may be under way, and the rollback of knex must fail at once. */
export function discard(pooled: PooledConnection, reason: unknown): void {
  pooled.__knex__disposed = reason;
  pooled.connection.stream.destroy();
}

type Told = (error: unknown, ...rest: unknown[]) => void;
type Query = (statement: unknown, told: unknown, ...rest: unknown[]) => unknown;

/**
 * Discards a connection on which a statement of knex was not answered in time: its rollback would
 * wait as long once more. Knex alone asks with a callback; our own statements look for themselves.
 */
export function discardWhenLate(pooled: PooledConnection): void {
  const holder = pooled as unknown as { query: Query };
  const query = holder.query.bind(pooled);
  const watched =
    (told: Told): Told =>
    (error, ...rest) => {
      if (error && endsConnection(error)) discard(pooled, error);
      told(error, ...rest);
    };
  holder.query = (statement, told, ...rest) =>
    query(statement, typeof told === 'function' ? watched(told as Told) : told, ...rest);
}
