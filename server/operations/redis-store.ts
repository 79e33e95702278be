import { createHash } from 'node:crypto';
import type { IncrementResponse, Options, Store } from 'express-rate-limit';
import type { RedisStore } from 'rate-limit-redis';
import type { LimitMetrics } from '../platform/observability/limit-metrics.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { MemoryCount } from './memory-count.ts';

export interface CountingStoreParts {
  readonly redis: Redis;
  readonly metrics: LimitMetrics;
  /** The limit that it counts for. */
  readonly name: string;
}

/**
 * Counts in Redis, for all processes together. While Redis is away it counts in this process, which
 * has counted along all the time: whoever was refused is not let through for that.
 */
export class CountingStore implements Store {
  readonly #parts: CountingStoreParts;
  readonly #own = new MemoryCount();
  #shared: RedisStore | undefined;

  constructor(parts: CountingStoreParts) {
    this.#parts = parts;
  }

  async init(options: Options): Promise<void> {
    this.#own.init(options);
    const { redis, name } = this.#parts;
    const { RedisStore } = await import('rate-limit-redis');
    const shared = new RedisStore({
      prefix: `${redis.keyPrefix}limit:${name}:`,
      sendCommandCluster: createSender(redis) as never,
    });
    await shared.init(options);
    this.#shared = shared;
  }

  async increment(key: string): Promise<IncrementResponse> {
    const own = this.#own.increment(key);
    const { redis, metrics, name } = this.#parts;
    if (this.#shared && redis.ready) {
      try {
        return await this.#shared.increment(key);
      } catch (error) {
        // One that ran out of time may still be counted there, later: too much, and never too little.
        redis.noteFailure(error);
      }
    }
    metrics.countFallback(name);
    return own;
  }

  async decrement(key: string): Promise<void> {
    await this.#own.decrement(key);
    if (this.#parts.redis.ready) await this.#shared?.decrement(key);
  }

  async resetKey(key: string): Promise<void> {
    await this.#own.resetKey(key);
    if (this.#parts.redis.ready) await this.#shared?.resetKey(key);
  }
}

interface Asked {
  readonly command: readonly [name: string, ...args: string[]];
}

/**
 * Its store wants scripts to be loaded before, and would hold on for ever to a loading that failed.
 * Here nothing is loaded: a server that does not know a script yet is sent its text.
 */
function createSender(redis: Redis) {
  const scripts = new Map<string, string>();
  return async ({ command: [name, ...args] }: Asked): Promise<unknown> => {
    if (name === 'SCRIPT') {
      const [, text = ''] = args;
      const digest = createHash('sha1').update(text).digest('hex');
      scripts.set(digest, text);
      return digest;
    }
    const connection = redis.ready;
    if (!connection) throw new Error('Redis is away');
    const [digest = '', ...rest] = args;
    return connection.call(name, ...args).catch((error: Error) => {
      const text = scripts.get(digest);
      if (!text || !error.message.startsWith('NOSCRIPT')) throw error;
      return connection.call('EVAL', text, ...rest);
    });
  };
}
