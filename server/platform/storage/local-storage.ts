import { randomUUID } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import type { Storage, StorageArea } from './storage.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const areaName = /^[a-z][a-z-]*$/;

/** A folder of this machine, which all processes of the service have to share. */
export class LocalStorage implements Storage {
  readonly #path: string;
  readonly #clock: Clock;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  area(name: string): StorageArea {
    if (!areaName.test(name)) throw new Error(`${name} cannot name an area of the storage`);
    return new LocalArea(join(this.#path, name), this.#clock);
  }
}

class LocalArea implements StorageArea {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  async put(id: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    const path = this.#pathOf(id);
    // Two attempts at once do not write into each other: the one that ends last is kept.
    const part = `${path}.${randomUUID()}`;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = createWriteStream(part, { mode: 0o600, flush: true });
    try {
      await pipeline(content, file, { signal });
      // When it was put is for the clock of the service to say.
      const now = this.#clock.now();
      await utimes(part, now, now);
      await rename(part, path);
    } catch (error) {
      // It may be about to be opened: whoever removed it too early would leave it there.
      await closed(file);
      await rm(part, { force: true });
      throw error;
    }
    return file.bytesWritten;
  }

  async find(id: string): Promise<Readable | undefined> {
    const file = await opened(this.#pathOf(id));
    return file?.createReadStream();
  }

  async remove(id: string): Promise<void> {
    const path = this.#pathOf(id);
    await rm(path, { force: true });
    const parts = (await this.#names()).filter((name) => name.startsWith(`${id}.`));
    for (const part of parts) await rm(join(this.#folder, part), { force: true });
  }

  async putBefore(instant: Date): Promise<string[]> {
    const old = new Set<string>();
    for (const name of await this.#names()) {
      const [id = ''] = name.split('.');
      const found = await stat(join(this.#folder, name)).catch(unlessMissing(undefined));
      if (found && found.mtime < instant && uuid.test(id)) old.add(id);
    }
    return [...old];
  }

  #names(): Promise<string[]> {
    return readdir(this.#folder).catch(unlessMissing([]));
  }

  /** Only what looks like an id becomes part of a path. */
  #pathOf(id: string): string {
    if (!uuid.test(id)) throw new Error('A file is named by an id, and this is none');
    return join(this.#folder, id);
  }
}

function closed(file: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (file.destroy().closed) resolve();
    else file.once('close', resolve);
  });
}

async function opened(path: string): Promise<FileHandle | undefined> {
  return open(path, 'r').catch(unlessMissing(undefined));
}

function unlessMissing<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
