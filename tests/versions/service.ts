import type { Actor } from '../../server/platform/auth/actor.ts';
import { problem } from '../../server/platform/problem-error.ts';

/** What is stored: one truth, whichever version shows it. */
export interface StoredParcel {
  readonly code: string;
  readonly grams: number;
}

/** One service for both versions: a rule that is changed here holds in both. */
export class Parcels {
  readonly #rows: readonly StoredParcel[] = [
    { code: 'P-1', grams: 1_500 },
    { code: 'P-2', grams: 80 },
  ];

  async get(_actor: Actor, code: string): Promise<StoredParcel> {
    const row = this.#rows.find((one) => one.code === code);
    if (!row) throw problem('not_found', { detail: 'There is no such parcel.' });
    return row;
  }

  async count(): Promise<number> {
    return this.#rows.length;
  }
}
