import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Redis } from '../redis/redis.ts';

export interface RedisLevelParts<Value> {
  readonly name: string;
  /** What a value must be when it comes back: whatever else lies there counts as nothing. */
  readonly schema: z.ZodType<Value>;
  readonly freshMs: number;
  readonly redis: Pick<Redis, 'keyPrefix' | 'ready' | 'noteFailure'>;
}

export interface Looked<Value> {
  /** What another process has put there. */
  readonly known?: { readonly value: Value; readonly freshMs: number };
  /** Under which mark something may be put there; undefined while Redis is away. */
  readonly mark?: string;
}

// Longer than any value lives.
const markMs = 86_400_000;

/**
 * The values of one cache in Redis, behind the memory of each process.
 *
 * What was read before a revocation must not be taken for what is true after it, though a slow
 * process may put it there afterwards. So there is a mark: a value counts only beside the mark that
 * was there before its loading began. A process that hears of a revocation replaces the mark before
 * it takes anything from here again; it need not trust any other to have done so.
 */
export class RedisLevel<Value> {
  readonly #parts: RedisLevelParts<Value>;
  readonly #stored: z.ZodType<{ mark: string; value: Value }>;
  readonly #prefix: string;
  // How many revocations were heard of, and of how many the mark in Redis knows.
  #heard = 0;
  #marked = 0;

  constructor(parts: RedisLevelParts<Value>) {
    this.#parts = parts;
    this.#stored = z.object({ mark: z.string(), value: parts.schema });
    // Braces: in a cluster all of it lies on one node, and can be asked for at once.
    this.#prefix = `${parts.redis.keyPrefix}cache:{${parts.name}}:`;
  }

  /** Nothing that was put there so far counts any more. */
  void(): void {
    this.#heard += 1;
  }

  /** One round trip; nothing while Redis is away. */
  async look(key: string): Promise<Looked<Value>> {
    const { ready } = this.#parts.redis;
    if (!ready) return {};
    const heard = this.#heard;
    const [mark, at] = [`${this.#prefix}mark`, this.#at(key)];
    const asked = ready.pipeline();
    if (heard === this.#marked) asked.set(mark, randomUUID(), 'PX', markMs, 'NX');
    else asked.set(mark, randomUUID(), 'PX', markMs);
    try {
      // The time that is left before the value: should it be replaced in between, it is too short.
      const replies = (await asked.get(mark).pttl(at).get(at).exec()) ?? [];
      for (const [error] of replies) this.#note(error);
      const [marked, found, leftMs, text] = replies.map(([error, value]) => !error && value);
      if (marked === false || typeof found !== 'string') return {};
      this.#marked = Math.max(this.#marked, heard);
      const known = this.#read(found, text, leftMs);
      return { mark: found, ...(known && { known }) };
    } catch (error) {
      this.#note(error);
      return {};
    }
  }

  /** Nobody waits for it. */
  put(key: string, { mark, value, lifeMs }: { mark: string; value: Value; lifeMs: number }): void {
    const text = JSON.stringify({ mark, value });
    const { ready } = this.#parts.redis;
    ready?.set(this.#at(key), text, 'PX', lifeMs).catch((error: unknown) => this.#note(error));
  }

  /** What Redis refuses, because it is full or of another type, says that Redis is there. */
  #note(error: unknown): void {
    const isRefusal = error instanceof Error && error.name === 'ReplyError';
    if (error && !isRefusal) this.#parts.redis.noteFailure(error);
  }

  #read(mark: string, text: unknown, leftMs: unknown): Looked<Value>['known'] {
    // What has no end, or a later one, is not from here.
    const isOurs = typeof leftMs === 'number' && leftMs > 0 && leftMs <= this.#parts.freshMs;
    if (typeof text !== 'string' || !isOurs) return undefined;
    const { data } = this.#stored.safeParse(parsed(text));
    return data?.mark === mark ? { value: data.value, freshMs: leftMs } : undefined;
  }

  #at(key: string): string {
    return `${this.#prefix}value:${key}`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
