import { createHash } from 'node:crypto';
import {
  digestField,
  fileDigest,
  type Received,
  type Upload,
  type Uploaded,
} from '../../contract/kit/facets/uploads.ts';
import type { InputError } from '../../contract/kit/problems.ts';
import type { UploadMetrics, UploadOutcome } from '../platform/observability/upload-metrics.ts';
import { invalidInput, ProblemError, problem } from '../platform/problem-error.ts';
import { mediaTypeOf, sampleBytes } from './media-type.ts';

/** A file as its way in brings it. */
export interface Incoming {
  readonly fileName: string | undefined;
  /** It throws a problem where what carries it turns out to be bad. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Judges files, whichever way they came in: their type by what they begin with, before anybody takes
 * them; their size and digest while somebody reads them. Memory holds a piece of each.
 */
export class Files {
  readonly #limitBytes: number;
  readonly #metrics: UploadMetrics;

  constructor(limitBytes: number, metrics: UploadMetrics) {
    this.#limitBytes = limitBytes;
    this.#metrics = metrics;
  }

  /** As many bytes as a file may have. */
  limitOf({ maxBytes }: Upload): number {
    return Math.min(maxBytes, this.#limitBytes);
  }

  /**
   * The file; undefined where it is empty, as a form sends one that nobody chose.
   * @param digest what its sender says that it is.
   * @throws a problem `unsupported_media_type`.
   */
  async take(
    { fileName, content }: Incoming,
    upload: Upload,
    digest: string | undefined,
  ): Promise<Uploaded | undefined> {
    const source = content[Symbol.asyncIterator]();
    const { begin, bytes } = await this.#begin(source);
    if (bytes === 0) return undefined;
    const mediaType = await mediaTypeOf(Buffer.concat(begin));
    if (mediaType === undefined || !upload.mediaTypes.includes(mediaType)) {
      this.#metrics.count('unsupported_media_type', bytes);
      await source.return?.();
      throw unsupported(upload);
    }
    const passing = new Passing(upload.field, this.limitOf(upload), digest);
    return {
      fileName,
      mediaType,
      content: this.#counted(passing, passing.read(begin, source)),
      received: () => passing.received(),
    };
  }

  /** As much as tells what it is. */
  async #begin(source: AsyncIterator<Uint8Array>) {
    const begin: Uint8Array[] = [];
    let bytes = 0;
    try {
      while (bytes < sampleBytes) {
        const { done, value } = await source.next();
        if (done) break;
        begin.push(value);
        bytes += value.length;
      }
    } catch (error) {
      this.#metrics.count(outcomeOf(error), bytes);
      throw error;
    }
    return { begin, bytes };
  }

  async *#counted(passing: Passing, content: AsyncIterable<Uint8Array>) {
    let outcome: UploadOutcome = 'failed';
    try {
      yield* content;
      outcome = 'received';
    } catch (error) {
      outcome = outcomeOf(error);
      throw error;
    } finally {
      this.#metrics.count(outcome, passing.bytes);
    }
  }
}

/** A file while somebody reads it. */
class Passing {
  bytes = 0;
  readonly #field: string;
  readonly #limit: number;
  readonly #digest: string | undefined;
  #received: Received | undefined;

  constructor(field: string, limit: number, digest: string | undefined) {
    this.#field = field;
    this.#limit = limit;
    this.#digest = digest;
  }

  async *read(begin: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>) {
    const hash = createHash('sha256');
    for await (const piece of joined(begin, rest)) {
      this.bytes += piece.length;
      if (this.bytes > this.#limit) throw tooLarge(this.#limit);
      hash.update(piece);
      yield piece;
    }
    const sha256 = hash.digest('base64url');
    const digest = fileDigest(sha256);
    if (this.#digest !== undefined && this.#digest !== digest) {
      throw invalidInput(wrongDigest(this.#field));
    }
    this.#received = { bytes: this.bytes, sha256, digest };
  }

  received(): Received {
    if (!this.#received) throw new Error('The file was not read to its end');
    return this.#received;
  }
}

async function* joined(begin: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>) {
  try {
    yield* begin;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}

/** What the fields say that the file is. */
export function digestIn(fields: Readonly<Record<string, unknown>>): string | undefined {
  const said = fields[digestField];
  return typeof said === 'string' ? said : undefined;
}

export function tooLarge(limitBytes: number) {
  return problem('body_too_large', { detail: `The file has more than ${limitBytes} bytes.` });
}

function unsupported({ mediaTypes }: Upload) {
  const detail = `The content of the file is none of ${mediaTypes.join(', ')}.`;
  return problem('unsupported_media_type', { detail });
}

function wrongDigest(field: string): InputError {
  const message = 'The digest names another file';
  return { in: 'body', path: field, code: 'wrong_digest', message };
}

function outcomeOf(error: unknown): UploadOutcome {
  return error instanceof ProblemError ? error.code : 'failed';
}
