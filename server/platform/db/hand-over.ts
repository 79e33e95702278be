import knexFactory, { type Knex } from 'knex';
import type { PoolMetrics } from '../observability/pool-metrics.ts';

interface Connection {
  /** Set by knex on a connection that it must not hand out again. */
  readonly __knex__disposed?: unknown;
}

export interface HandOver {
  readonly poolSize: number;
  readonly timeoutMs: number;
  readonly metrics?: PoolMetrics | undefined;
}

type Take = (connection: Connection | Promise<Connection>) => void;

/**
 * While all connections of a pool are in use, one that comes back goes straight to whoever has waited
 * longest. Through the pool it would pass two time-outs and a dozen promises: a tenth of an insert.
 */
export function handOver({ client }: Knex, { poolSize, timeoutMs, metrics }: HandOver): void {
  const acquire: () => Promise<Connection> = client.acquireConnection.bind(client);
  const release: (connection: Connection) => void = client.releaseConnection.bind(client);
  // In their order. Somebody waits only while all of the pool is asked for.
  const waiting = new Set<Take>();
  let asked = 0;

  async function ask(): Promise<Connection> {
    asked += 1;
    try {
      return await acquire();
    } catch (error) {
      leave();
      throw error;
    }
  }

  function leave(): void {
    asked -= 1;
    longestWaiting()?.(ask());
  }

  function longestWaiting(): Take | undefined {
    const [take] = waiting;
    if (take) waiting.delete(take);
    return take;
  }

  function wait(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(take);
        metrics?.timedOut();
        reject(new knexFactory.KnexTimeoutError('Timeout acquiring a connection of the pool'));
      }, timeoutMs);
      const take: Take = (connection) => {
        clearTimeout(timer);
        resolve(connection);
      };
      waiting.add(take);
    });
  }

  async function obtain(): Promise<Connection> {
    const startedAt = performance.now();
    const connection = await (asked < poolSize ? ask() : wait());
    metrics?.waited((performance.now() - startedAt) / 1000);
    return connection;
  }

  metrics?.watch(() => ({ used: asked, waiting: waiting.size, max: poolSize }));
  client.acquireConnection = obtain;
  client.releaseConnection = async (connection: Connection) => {
    const take = connection.__knex__disposed ? undefined : longestWaiting();
    if (take) return take(connection);
    release(connection);
    leave();
  };
}
