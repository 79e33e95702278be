import { LRUCache } from 'lru-cache';
import type { Revocation, Revocations } from './revocations.ts';

export interface RevocableCacheOptions<Value> {
  readonly revocations: Pick<Revocations, 'onRevoked'>;
  /** How many values are remembered. The one used last stays. */
  readonly capacity: number;
  /** What a value is about, such as a session and an account. */
  readonly subjectsOf: (value: Value) => readonly string[];
  /** The kinds of revocation that void what is about their subject. */
  readonly ofSubject: readonly string[];
  /** The kind that voids everything. */
  readonly voidedBy: string;
}

/** Remembers what was found out about callers, and drops at once what a revocation makes void. */
export class RevocableCache<Value extends object> {
  readonly #values: LRUCache<string, Value>;
  readonly #subjectsOf: (value: Value) => readonly string[];
  // Subject → keys of its values: a sign-out must not search ten thousand entries.
  readonly #keysOf = new Map<string, Set<string>>();

  constructor({ revocations, capacity, subjectsOf, ...kinds }: RevocableCacheOptions<Value>) {
    this.#subjectsOf = subjectsOf;
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
    for (const subject of this.#subjectsOf(value)) {
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
    { voidedBy, ofSubject }: Pick<RevocableCacheOptions<Value>, 'voidedBy' | 'ofSubject'>,
  ): void {
    if (kind === voidedBy) this.#values.clear();
    if (!ofSubject.includes(kind)) return;
    for (const key of [...(this.#keysOf.get(subject ?? '') ?? [])]) this.#values.delete(key);
  }

  #unlink(key: string, value: Value): void {
    for (const subject of this.#subjectsOf(value)) {
      const keys = this.#keysOf.get(subject);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(subject);
    }
  }
}
