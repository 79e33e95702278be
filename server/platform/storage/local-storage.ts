import { randomUUID } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import {
  access,
  constants,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { untilStopped, Watched } from './contents.ts';
import {
  assertAreaName,
  assertFileId,
  isFileId,
  type Storage,
  type StorageArea,
} from './storage.ts';
import { StorageFailure } from './storage-failure.ts';

/** No area is called so. */
const partsFolder = '.parts';

/** A folder of this machine, which all processes of the service have to share. */
export class LocalStorage implements Storage {
  readonly #path: string;
  readonly #clock: Clock;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  area(name: string): StorageArea {
    assertAreaName(name);
    const parts = join(this.#path, partsFolder, name);
    return new LocalArea({ whole: join(this.#path, name), parts }, this.#clock);
  }

  /** Of the nearest folder that is there, as the first file makes the rest. */
  async check(): Promise<void> {
    await assertUsable(this.#path).catch(fail);
  }
}

/** What is being written lies apart: there is never much of it, and what is whole may be millions. */
interface Folders {
  readonly whole: string;
  readonly parts: string;
}

class LocalArea implements StorageArea {
  readonly #folders: Folders;
  readonly #clock: Clock;

  constructor(folders: Folders, clock: Clock) {
    this.#folders = folders;
    this.#clock = clock;
  }

  async put(id: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    const path = this.#pathOf(id);
    // Two attempts at once do not write into each other: the one that ends last is kept.
    const part = join(this.#folders.parts, `${id}.${randomUUID()}`);
    for (const folder of Object.values(this.#folders))
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch(fail);
    const file = createWriteStream(part, { mode: 0o600, flush: true });
    try {
      const source = new Watched(untilStopped(content, { signal }));
      await pipeline(source, file).catch((error: Error) =>
        source.hasFailed || !('syscall' in error) ? Promise.reject(error) : fail(error),
      );
      // When it was put is for the clock of the service to say.
      const now = this.#clock.now();
      await utimes(part, now, now).catch(fail);
      await rename(part, path).catch(fail);
    } catch (error) {
      // It may be about to be opened: whoever removed it too early would leave it there.
      await closed(file);
      await rm(part, { force: true }).catch(() => {});
      throw error;
    }
    return file.bytesWritten;
  }

  async find(id: string): Promise<Readable | undefined> {
    const file = await open(this.#pathOf(id), 'r').catch(unlessMissing(undefined));
    return file?.createReadStream();
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true }).catch(fail);
    const { parts } = this.#folders;
    const own = (await namesIn(parts)).filter((name) => name.startsWith(`${id}.`));
    for (const part of own) await rm(join(parts, part), { force: true }).catch(fail);
  }

  async putBefore(instant: Date): Promise<string[]> {
    const old = new Set<string>();
    for (const folder of Object.values(this.#folders)) {
      for (const name of await namesIn(folder)) {
        const [id = '', part] = name.split('.');
        const found = await stat(join(folder, name)).catch(unlessMissing(undefined));
        if (!found || found.mtime >= instant || !isFileId(id)) continue;
        old.add(id);
        if (folder === this.#folders.whole && part !== undefined) await this.#setApart(name);
      }
    }
    return [...old];
  }

  /** Releases before have written here what `remove` looks for among the parts alone. */
  async #setApart(name: string): Promise<void> {
    const { whole, parts } = this.#folders;
    await mkdir(parts, { recursive: true, mode: 0o700 }).catch(fail);
    await rename(join(whole, name), join(parts, name)).catch(unlessMissing(undefined));
  }

  #pathOf(id: string): string {
    assertFileId(id);
    return join(this.#folders.whole, id);
  }
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(unlessMissing([]));
}

async function assertUsable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing || dirname(path) === path) throw error;
    await assertUsable(dirname(path));
  }
}

function closed(file: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (file.destroy().closed) resolve();
    else file.once('close', resolve);
  });
}

function unlessMissing<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => (error.code === 'ENOENT' ? value : fail(error));
}

function fail({ message }: Error): never {
  throw new StorageFailure('The folder of files fails: look at STORAGE_PATH and its disk', message);
}
