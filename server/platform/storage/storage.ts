import type { Readable } from 'node:stream';

/**
 * Where files are kept that belong to rows: each area is for one kind of them. A small interface, so
 * that a bucket can take the place of a folder. The row is the truth: a file without one is swept.
 */
export interface Storage {
  area(name: string): StorageArea;
  /**
   * Looks whether files can be kept and found now.
   * @throws {StorageFailure} saying what is in the way, and what to do.
   */
  check(): Promise<void>;
}

/**
 * Files by their ids, UUIDs that a row has chosen: nothing that a caller wrote ever names a file.
 * What the storage cannot do now is a {@link StorageFailure}, which a caller gets as 503.
 */
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

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const areaName = /^[a-z][a-z-]*$/;

export function isFileId(text: string): boolean {
  return uuid.test(text);
}

/** Only what looks like an id becomes part of a path or of a key. */
export function assertFileId(id: string): void {
  if (!isFileId(id)) throw new Error('A file is named by an id, and this is none');
}

export function assertAreaName(name: string): void {
  if (!areaName.test(name)) throw new Error(`${name} cannot name an area of the storage`);
}
