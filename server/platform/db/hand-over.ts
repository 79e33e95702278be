import knexFactory, { type Knex } from 'knex';
import type { PoolMetrics } from '../observability/pool-metrics.ts';
import type { Breaker } from './breaker.ts';

interface Connection {
  /** Set by knex on a connection that it must not hand out again. */
  readonly __knex__disposed?: unknown;
}

export interface HandOver {
  readonly poolSize: number;
  readonly timeoutMs: number;
  readonly metrics?: PoolMetrics | undefined;
  /** Knows whether there is any use in waiting. */
  readonly breaker?: Breaker | undefined;
}

interface Waiting {
  take(connection: Connection | Promise<Connection>): void;
  fail(reason: Error): void;
}

/**
 * While all connections of a pool are in use, one that comes back goes straight to whoever has waited
 * longest. Through the pool it would pass two time-outs and a dozen promises: a tenth of an insert.
 */
export function handOver({ client }: Knex, options: HandOver): void {
  const { poolSize, timeoutMs, metrics, breaker } = options;
  const acquire: () => Promise<Connection> = client.acquireConnection.bind(client);
  const release: (connection: Connection) => void = client.releaseConnection.bind(client);
  // In their order. Somebody waits only while all of the pool is asked for.
  const waiting = new Set<Waiting>();
  let asked = 0;

  async function ask(): Promise<Connection> {
    asked += 1;
    try {
      return await acquire();
    } catch (error) {
      breaker?.failed(error);
      leave();
      throw error;
    }
  }

  function leave(): void {
    asked -= 1;
    longestWaiting()?.take(ask());
  }

  function longestWaiting(): Waiting | undefined {
    const [longest] = waiting;
    if (longest) waiting.delete(longest);
    return longest;
  }

  function wait(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(one);
        metrics?.timedOut();
        breaker?.failed();
        reject(new knexFactory.KnexTimeoutError('Timeout acquiring a connection of the pool'));
      }, timeoutMs);
      const one: Waiting = {
        take: (connection) => {
          clearTimeout(timer);
          resolve(connection);
        },
        fail: (reason) => {
          clearTimeout(timer);
          waiting.delete(one);
          reject(reason);
        },
      };
      waiting.add(one);
    });
  }

  async function obtain(): Promise<Connection> {
    breaker?.assertThere();
    const startedAt = performance.now();
    const connection = await (asked < poolSize ? ask() : wait());
    metrics?.waited((performance.now() - startedAt) / 1000);
    return connection;
  }

  breaker?.onOpen(() => {
    for (const one of waiting) one.fail(breaker.refusal());
  });
  metrics?.watch(() => ({ used: asked, waiting: waiting.size, max: poolSize }));
  client.acquireConnection = obtain;
  client.releaseConnection = async (connection: Connection) => {
    const isSound = !connection.__knex__disposed;
    if (isSound) breaker?.answered();
    else breaker?.failed(connection.__knex__disposed);
    const longest = isSound ? longestWaiting() : undefined;
    if (longest) return longest.take(connection);
    release(connection);
    leave();
  };
}
