import { LRUCache } from 'lru-cache';
import type { Revocation, Revocations } from './revocations.ts';

/** What a revocation of a session or an account makes void. */
export interface OfSession {
  readonly sessionId: string;
  readonly userId: string;
}

export interface RevocableCacheOptions {
  readonly revocations: Pick<Revocations, 'onRevoked'>;
  /** How many values are remembered. The one used last stays. */
  readonly capacity: number;
  /** The kinds of revocation whose subject is a session or an account. */
  readonly ofSubject: readonly string[];
  /** The kind that voids everything. */
  readonly voidedBy: string;
}

/** Remembers what was found out about sessions, and drops at once what a revocation makes void. */
export class RevocableCache<Value extends OfSession> {
  readonly #values: LRUCache<string, Value>;
  // Session or account → keys of its values: a sign-out must not search ten thousand entries.
  readonly #keysOf = new Map<string, Set<string>>();

  constructor({ revocations, capacity, ...kinds }: RevocableCacheOptions) {
    this.#values = new LRUCache({
      max: capacity,
      dispose: (value, key) => this.#unlink(key, value),
    });
    revocations.onRevoked((revocation) => this.#drop(revocation, kinds));
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    // What is replaced is unlinked first: it may have belonged to somebody else.
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const subject of [value.sessionId, value.userId]) {
      const keys = this.#keysOf.get(subject) ?? new Set();
      this.#keysOf.set(subject, keys.add(key));
    }
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  /** How many subjects are linked, for the test that proves that none is left behind. */
  get subjectCount(): number {
    return this.#keysOf.size;
  }

  #drop(
    { kind, subject }: Revocation,
    { voidedBy, ofSubject }: Pick<RevocableCacheOptions, 'voidedBy' | 'ofSubject'>,
  ): void {
    if (kind === voidedBy) this.#values.clear();
    if (!ofSubject.includes(kind)) return;
    for (const key of [...(this.#keysOf.get(subject ?? '') ?? [])]) this.#values.delete(key);
  }

  #unlink(key: string, { sessionId, userId }: Value): void {
    for (const subject of [sessionId, userId]) {
      const keys = this.#keysOf.get(subject);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(subject);
    }
  }
}
