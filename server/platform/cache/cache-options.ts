import type * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Redis } from '../redis/redis.ts';
import type { Revocations } from '../revocations/revocations.ts';
import type { CacheCounts } from './counts.ts';

export interface CacheOptions<Value> {
  /** One word for metrics and logs, of this cache alone. */
  readonly name: string;
  /** Asks the source: by one caller at a time, for all who wait for the same key. */
  readonly load: (key: string) => Promise<Value>;
  /** For so long at most it is answered without asking again; a tenth less by chance. */
  readonly freshSeconds: number;
  /**
   * For so long after that it is still better than none, while the source fails. Nothing that may be
   * revoked: a process that is cut off would not hear of it.
   */
  readonly staleSeconds?: number;
  /** How many values are kept in memory. The one used last stays. */
  readonly capacity: number;
  /** The kind of revocation that voids it: its subject, an id, is the key; null stands for all keys. */
  readonly voidedBy?: string;
  /**
   * Puts it into Redis as well, where there is one: what a process has loaded, the others find there.
   * It lies there as it is, in JSON, and whoever can write there decides what comes back: no secrets,
   * and nothing that says what somebody may do. What does not fit the schema counts as nothing.
   */
  readonly shared?: z.ZodType<Value>;
}

export interface CacheParts {
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, 'onRevoked'>;
  readonly counts: CacheCounts;
  readonly redis?: Pick<Redis, 'keyPrefix' | 'ready' | 'noteFailure'> | undefined;
}
