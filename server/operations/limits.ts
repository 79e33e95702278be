import type { Options, Store } from 'express-rate-limit';
import type { LimitGroup } from '../../contract/kit/facets/limit.ts';
import type { Actor } from '../platform/auth/actor.ts';
import { networkOf } from '../platform/network.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import type { LimitMetrics } from '../platform/observability/limit-metrics.ts';
import { problem } from '../platform/problem-error.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { MemoryCount } from './memory-count.ts';
import { CountingStore } from './redis-store.ts';

const windowMs = 60_000;

/** Requests per minute: by address at the edge, and by the groups that the contract declares. */
export type RequestLimits = Readonly<Record<LimitGroup | 'address', number>>;

/** What a limit counts by, and where it reports its state. */
export interface CountedCall extends Pick<CallContext, 'actor' | 'address'> {
  /** A limit that this call counted against, as the headers of express-rate-limit's draft-8. */
  addLimit(state: string, policy: string): void;
}

/** Counts a call; past the limit it throws the problem `rate_limited`. */
export class CallLimits {
  readonly #limits: Readonly<Record<LimitGroup | 'address', Limit>>;

  /** With a Redis all processes count together; without one, each for itself. */
  constructor(perMinute: RequestLimits, metrics: LimitMetrics, redis?: Redis) {
    const limit = (name: LimitGroup | 'address') => {
      const store = redis ? new CountingStore({ redis, metrics, name }) : new MemoryCount();
      return new Limit(name, perMinute[name], { store, metrics });
    };
    this.#limits = {
      address: limit('address'),
      credentials: limit('credentials'),
      write: limit('write'),
      read: limit('read'),
    };
  }

  /** Until then each process counts for itself. */
  async start(): Promise<void> {
    await Promise.all(Object.values(this.#limits).map(({ opened }) => opened));
  }

  /** By network: an IPv6 caller counts by its /64. */
  byAddress(call: CountedCall): Promise<void> {
    return this.#limits.address.count(call, networkOf(call.address));
  }

  /** The operation's group: credentials by address, the others by account or API key, where one is known. */
  byGroup(group: LimitGroup, call: CountedCall): Promise<void> {
    const { actor, address } = call;
    const key = group !== 'credentials' && actor ? nameOf(actor) : networkOf(address);
    return this.#limits[group].count(call, key);
  }
}

/** Each API key counts by itself: a program that is too eager does not lock its owner out. */
function nameOf({ id, apiKey }: Actor): string {
  return apiKey?.id ?? id;
}

/** One limit over a store of express-rate-limit, reported in the headers of its draft-8. */
class Limit {
  readonly opened: Promise<void>;
  readonly #name: string;
  readonly #perMinute: number;
  readonly #policy: string;
  readonly #store: Store;
  readonly #metrics: LimitMetrics;

  constructor(
    name: string,
    perMinute: number,
    { store, metrics }: { readonly store: Store; readonly metrics: LimitMetrics },
  ) {
    this.#metrics = metrics;
    this.#store = store;
    this.opened = Promise.resolve(store.init?.({ windowMs } as Options));
    this.#name = name;
    this.#perMinute = perMinute;
    this.#policy = `"${name}"; q=${perMinute}; w=${windowMs / 1000}`;
  }

  async count(call: CountedCall, key: string): Promise<void> {
    let { totalHits, resetTime } = await this.#store.increment(key);
    let waitMs = untilMs(resetTime);
    if (waitMs > windowMs) {
      // The clock was set back. The minute that was counted would end when it has caught up, hours later.
      await this.#store.resetKey(key);
      ({ totalHits, resetTime } = await this.#store.increment(key));
      waitMs = untilMs(resetTime);
    }
    const waitSeconds = Math.max(0, Math.ceil(waitMs / 1000));
    const left = Math.max(0, this.#perMinute - totalHits);
    call.addLimit(`"${this.#name}"; r=${left}; t=${waitSeconds}`, this.#policy);
    if (totalHits > this.#perMinute) {
      this.#metrics.countRefused(this.#name);
      throw problem('rate_limited', { retryAfterSeconds: Math.max(1, waitSeconds) });
    }
  }
}

function untilMs(resetTime: Date | undefined): number {
  return resetTime ? resetTime.getTime() - Date.now() : windowMs;
}
