import { Readable } from 'node:stream';
import type { S3Config } from '../../config/storage.ts';
import { partsOf, untilStopped } from './contents.ts';
import { S3Bucket, type Upload } from './s3-bucket.ts';
import { S3Client } from './s3-client.ts';
import { s3Failure } from './s3-failures.ts';
import {
  assertAreaName,
  assertFileId,
  isFileId,
  type Storage,
  type StorageArea,
} from './storage.ts';

/** At most so much of a file is in memory. S3 wants 5 MiB at least, and takes 10,000 of them: 80 GiB. */
const partBytes = 8 * 1024 * 1024;

/** A bucket, of Amazon or of whoever else speaks S3. */
export class S3Storage implements Storage {
  readonly #config: S3Config;
  readonly #client: S3Client;
  readonly #bucket: S3Bucket;

  constructor(config: S3Config) {
    this.#config = config;
    this.#client = new S3Client(config);
    this.#bucket = new S3Bucket(config, this.#client);
  }

  area(name: string): StorageArea {
    assertAreaName(name);
    return new S3Area(this.#bucket, this.#config, `${this.#config.prefix}${name}/`);
  }

  check(): Promise<void> {
    return this.#bucket.check();
  }

  useAccessKeyId(accessKeyId: string): void {
    this.#client.useKey({ accessKeyId });
  }

  useSecretAccessKey(secretAccessKey: string): void {
    this.#client.useKey({ secretAccessKey });
  }
}

class S3Area implements StorageArea {
  readonly #bucket: S3Bucket;
  readonly #config: S3Config;
  readonly #prefix: string;

  constructor(bucket: S3Bucket, config: S3Config, prefix: string) {
    this.#bucket = bucket;
    this.#config = config;
    this.#prefix = prefix;
  }

  async put(id: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    const key = this.#keyOf(id);
    let upload: Upload | undefined;
    let bytes = 0;
    try {
      for await (const part of partsOf(untilStopped(content, { signal }), partBytes)) {
        bytes += part.length;
        if (!upload && part.length < partBytes) return await this.#putWhole(key, part, signal);
        upload ??= await this.#bucket.begin(key, signal);
        await upload.add(part, signal);
      }
      if (!upload) return await this.#putWhole(key, Buffer.alloc(0), signal);
      await upload.complete(signal);
      return bytes;
    } catch (error) {
      // Where it fails, the bucket's own rule ends it, or a sweep: what matters is why nothing was put.
      await upload?.abort().catch(() => {});
      throw error;
    }
  }

  async find(id: string): Promise<Readable | undefined> {
    const body = await this.#bucket.get(this.#keyOf(id));
    if (!body) return undefined;
    const reading = Readable.from(this.#read(body), { objectMode: false });
    // One that is closed before it was read never begins to read, and would never end the other.
    return reading.once('close', () => body.destroy());
  }

  async remove(id: string): Promise<void> {
    const key = this.#keyOf(id);
    await this.#bucket.remove(key);
    await this.#bucket.abortUploads(key);
  }

  async putBefore(instant: Date): Promise<string[]> {
    const old = new Set<string>();
    for await (const { key, at } of this.#bucket.list(this.#prefix)) {
      const id = key.slice(this.#prefix.length);
      if (at < instant && isFileId(id)) old.add(id);
    }
    return [...old];
  }

  async *#read(body: Readable): AsyncGenerator<Uint8Array> {
    try {
      yield* untilStopped(body, { silenceMs: this.#config.timeoutMs });
    } catch (error) {
      throw s3Failure(error, this.#config);
    }
  }

  async #putWhole(key: string, body: Buffer, signal: AbortSignal | undefined): Promise<number> {
    await this.#bucket.put(key, body, signal);
    return body.length;
  }

  #keyOf(id: string): string {
    assertFileId(id);
    return `${this.#prefix}${id}`;
  }
}
