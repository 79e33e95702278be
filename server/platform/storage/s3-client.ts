import type { S3 } from '@aws-sdk/client-s3';
import type { S3Config } from '../../config/storage.ts';
import { inTime } from './contents.ts';
import { s3Failure } from './s3-failures.ts';

interface Call {
  readonly signal?: AbortSignal | undefined;
  /** What carries a body may take longer. */
  readonly isLong?: boolean;
}

interface Options {
  readonly abortSignal: AbortSignal;
  readonly requestTimeout: number;
}

/** The first and two more, with waits between them that grow and are left to chance. */
const attempts = 3;
const connectMs = 2_000;
/** Downloads keep their connection: many slow readers must not keep others from theirs. */
const connections = 256;
const longer = 6;

/**
 * The way to S3. Whatever is called ends in time, whether S3 answers, hangs, or asks to come back in an
 * hour; what failed says what to do.
 */
export class S3Client {
  #config: S3Config;
  #opened: Promise<S3> | undefined;
  /** The one with the key before. */
  #former: Promise<S3> | undefined;

  constructor(config: S3Config) {
    this.#config = config;
  }

  /** Another key, for everything from now on; what is under way ends with the one it began with. */
  useKey(key: Pick<Partial<S3Config>, 'accessKeyId' | 'secretAccessKey'>): void {
    this.#config = { ...this.#config, ...key };
    this.#former = this.#opened ?? this.#former;
    this.#opened = undefined;
  }

  /** @throws {StorageFailure}, or what the signal says. */
  async call<Answer>(
    { signal, isLong }: Call,
    work: (s3: S3, options: Options) => Promise<Answer>,
  ): Promise<Answer> {
    const requestTimeout = this.#config.timeoutMs * (isLong ? longer : 1);
    const end = new AbortController();
    const abortSignal = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
    try {
      signal?.throwIfAborted();
      const answer = work(await this.#open(), { abortSignal, requestTimeout });
      return await inTime(answer, requestTimeout * attempts);
    } catch (error) {
      end.abort(error);
      signal?.throwIfAborted();
      throw s3Failure(error, this.#config);
    }
  }

  /** What failed, as for want of file descriptors, is tried anew by the next call. */
  #open(): Promise<S3> {
    if (this.#opened) return this.#opened;
    const opening = open(this.#config, this.#former);
    this.#opened = opening;
    opening.catch(() => {
      if (this.#opened === opening) this.#opened = undefined;
    });
    return opening;
  }
}

/**
 * Loaded by the first file: it takes a tenth of a second, and most processes keep none. Connections have
 * no key: those of the client before are taken over, so that nothing of it stays open or is cut off.
 */
async function open(config: S3Config, former: Promise<S3> | undefined): Promise<S3> {
  const sdk = await import('@aws-sdk/client-s3');
  const before = await former?.catch(() => undefined);
  const { accessKeyId, secretAccessKey, endpoint, timeoutMs } = config;
  return new sdk.S3({
    region: config.region,
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: config.hasPathStyle,
    // Left out: what the environment of the process, its container or its machine gives.
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    maxAttempts: attempts,
    retryMode: 'standard',
    // Every body is signed by its SHA-256. Further sums are not known to every server.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: before?.config.requestHandler ?? {
      connectionTimeout: Math.min(connectMs, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      // A reader that is slow keeps its connection silent: whoever waits for S3 counts for itself.
      socketTimeout: 0,
      httpAgent: { maxSockets: connections },
      httpsAgent: { maxSockets: connections },
    },
  });
}
