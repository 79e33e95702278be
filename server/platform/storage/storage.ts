import type { Readable } from 'node:stream';

/**
 * Where files are kept that belong to rows: each area is for one kind of them. A small interface, so
 * that a bucket can take the place of a folder. The row is the truth: a file without one is swept.
 */
export interface Storage {
  area(name: string): StorageArea;
}

/** Files by their ids, UUIDs that a row has chosen: nothing that a caller wrote ever names a file. */
export interface StorageArea {
  /**
   * Keeps what the source gives, whole or not at all; what was kept under the id before is replaced.
   * Answers how many bytes there are.
   */
  put(id: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number>;
  /** A stream that is open, so that it can be read to its end even if it is removed meanwhile. */
  find(id: string): Promise<Readable | undefined>;
  /** Doing it twice is doing it once. */
  remove(id: string): Promise<void>;
  /** The ids of what was put before that instant, unfinished ones included. */
  putBefore(instant: Date): Promise<string[]>;
}
