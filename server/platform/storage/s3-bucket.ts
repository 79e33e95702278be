import type { Readable } from 'node:stream';
import type {
  CompletedPart,
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../../config/storage.ts';
import type { S3Client } from './s3-client.ts';

/** What was found under a key, and when it was put, by the clock of S3. */
export interface Listed {
  readonly key: string;
  readonly at: Date;
}

/** An upload in parts: nothing of it is there before it is completed. */
export interface Upload {
  add(part: Buffer, signal?: AbortSignal): Promise<void>;
  complete(signal?: AbortSignal): Promise<void>;
  /** Nothing of it stays. */
  abort(): Promise<void>;
}

/** So much is sent in the time of an answer. */
const smallBytes = 1024 * 1024;

/** What we ask of a bucket. */
export class S3Bucket {
  readonly #config: S3Config;
  readonly #client: S3Client;

  constructor(config: S3Config, client: S3Client) {
    this.#config = config;
    this.#client = client;
  }

  async put(key: string, body: Buffer, signal?: AbortSignal): Promise<void> {
    const object = { ...this.#at(key), ...this.#encrypted, Body: body };
    const call = { signal, isLong: body.length > smallBytes };
    await this.#client.call(call, (s3, options) => s3.putObject(object, options));
  }

  async begin(key: string, signal?: AbortSignal): Promise<Upload> {
    const object = { ...this.#at(key), ...this.#encrypted };
    const { UploadId } = await this.#client.call({ signal }, (s3, options) =>
      s3.createMultipartUpload(object, options),
    );
    const upload = { ...this.#at(key), UploadId };
    const parts: CompletedPart[] = [];
    return {
      add: async (body, during) => {
        const part = { ...upload, PartNumber: parts.length + 1, Body: body };
        const { ETag } = await this.#client.call({ signal: during, isLong: true }, (s3, options) =>
          s3.uploadPart(part, options),
        );
        parts.push({ PartNumber: part.PartNumber, ETag });
      },
      complete: async (during) => {
        const whole = { ...upload, MultipartUpload: { Parts: parts } };
        await this.#client.call({ signal: during, isLong: true }, (s3, options) =>
          s3.completeMultipartUpload(whole, options),
        );
      },
      abort: () => this.#abort(key, UploadId),
    };
  }

  /** The body is read later, for as long as its reader likes. Undefined: there is none. */
  async get(key: string): Promise<Readable | undefined> {
    const found = await this.#client.call({}, (s3, options) =>
      s3.getObject(this.#at(key), options).catch(unlessNamed('NoSuchKey', undefined)),
    );
    return found?.Body as Readable | undefined;
  }

  async remove(key: string): Promise<void> {
    await this.#client.call({}, (s3, options) => s3.deleteObject(this.#at(key), options));
  }

  /** Ends the uploads to this very key that nobody has completed. */
  async abortUploads(key: string): Promise<void> {
    for await (const upload of this.#uploads(key)) {
      if (upload.key === key) await this.#abort(key, upload.id);
    }
  }

  /** What is there, and after that the uploads that nobody has completed. */
  async *list(prefix: string): AsyncGenerator<Listed> {
    let token: string | undefined;
    do {
      const page = await this.#client.call({}, (s3, options) =>
        s3.listObjectsV2({ ...this.#in, Prefix: prefix, ContinuationToken: token }, options),
      );
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key && LastModified) yield { key: Key, at: LastModified };
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    yield* this.#uploads(prefix);
  }

  /** Whether the bucket is there, and the key may look into it. */
  async check(): Promise<void> {
    await this.#client.call({}, (s3, options) => s3.headBucket(this.#in, options));
  }

  async *#uploads(prefix: string): AsyncGenerator<Listed & { id: string }> {
    let after: Pick<ListMultipartUploadsRequest, 'KeyMarker' | 'UploadIdMarker'> | undefined = {};
    while (after) {
      const page: ListMultipartUploadsOutput = await this.#uploadsAfter(prefix, after);
      for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
        if (Key && UploadId && Initiated) yield { key: Key, id: UploadId, at: Initiated };
      after = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        : undefined;
    }
  }

  /** Not every server knows how to list them; the bucket's own rule ends them there (docs/storage.md). */
  #uploadsAfter(prefix: string, after: object): Promise<ListMultipartUploadsOutput> {
    const asked = { ...this.#in, ...after, Prefix: prefix };
    return this.#client.call({}, (s3, options) =>
      s3.listMultipartUploads(asked, options).catch(unlessNamed('NotImplemented', {})),
    );
  }

  async #abort(key: string, id: string | undefined): Promise<void> {
    await this.#client.call({}, (s3, options) =>
      s3
        .abortMultipartUpload({ ...this.#at(key), UploadId: id }, options)
        .catch(unlessNamed('NoSuchUpload', undefined)),
    );
  }

  get #in() {
    return { Bucket: this.#config.bucket };
  }

  #at(key: string) {
    return { ...this.#in, Key: key };
  }

  get #encrypted() {
    const { encryption } = this.#config;
    return encryption ? { ServerSideEncryption: encryption } : {};
  }
}

function unlessNamed<Value>(name: string, value: Value): (error: Error) => Value {
  return (error) => {
    if (error.name === name) return value;
    throw error;
  };
}
