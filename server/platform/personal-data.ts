import type { Readable } from 'node:stream';
import type { Transaction } from './change.ts';
import type { Database } from './db/connect.ts';

/** What a feature holds of an account: what its owner is given, and what an erasure takes away. */
export interface PersonalData {
  /** The name of its file in the archive, such as `sessions`. */
  readonly name: string;
  /** The tables that it speaks for. */
  readonly tables: readonly string[];
  /** Everything of the account that its owner may see: rows for a list, and never a secret. */
  readonly read?: (db: Database, userId: string) => Rows | Promise<Rows>;
  /** Files beside it, under names that say what they are. */
  readonly files?: (userId: string) => Promise<readonly OwnFile[]>;
  /** Takes away what is personal; the row of the account itself goes last, with what hangs on it. */
  readonly erase?: (tx: Transaction, userId: string) => Promise<void>;
  /** Why there is nothing to read, or nothing to erase. */
  readonly excuse?: string;
}

export interface OwnFile {
  readonly name: string;
  readonly content: Readable;
}

type Rows = AsyncIterable<object> | Iterable<object>;

/** What all features hold of accounts: export and erasure walk it and know no feature. */
export class PersonalDataOfAll {
  #all: readonly PersonalData[] = [];

  introduce(all: readonly PersonalData[]): void {
    this.#all = all;
  }

  get all(): readonly PersonalData[] {
    return this.#all;
  }
}
