import * as z from 'zod';
import type { Envelope } from '../events.ts';
import type { Facet } from './facet.ts';

export interface StreamsMetadata {
  /** What a good answer streams instead of JSON; its schema is `streamed(…)`. */
  readonly streams?: Streams;
}

export interface Streams {
  /**
   * As `application/zip`: what a caller gets, or one of several that the answer names. A refusal
   * stays a problem in JSON.
   */
  readonly contentType: string | readonly string[];
  /**
   * It has no end of its own and is nothing to save: events, as they happen. A caller who comes back
   * says in `Last-Event-Id` where to go on. Its schema is `liveStream(…)`.
   */
  readonly live?: true;
}

/** The body of a streamed answer, on the side that makes it. */
export interface Streamed {
  /** What the caller may save it as. Any text: what is unsafe in a name is replaced on the way. */
  readonly fileName: string;
  /** Which one it is, where several are declared. */
  readonly contentType?: string;
  /** The SHA-256 of the content in base64url, of which its `ETag` is made; needed where it has one. */
  readonly sha256?: string;
  /**
   * Read as fast as the caller takes it, once. Where it is a stream of the runtime, it is destroyed
   * when the caller leaves; a generator is ended by its `finally`.
   */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Longer than whatever will be: it is read in pieces, and no caller need make room for it. */
const endless = Number.MAX_SAFE_INTEGER;

/** The schema of a streamed answer: bytes, as the document says it. */
export function streamed(description: string) {
  return z.custom<Streamed>(isStreamed).meta({
    description,
    wire: { type: 'string', format: 'binary', maxLength: endless },
  });
}

/** The body of a live answer: what is told while the caller listens. It ends when nobody does. */
export interface Live {
  readonly live: AsyncIterable<Uint8Array>;
  /**
   * The same before it is written, where that is events of the catalogue: for a way in that writes them
   * in words of its own. Whoever reads one of both does not read the other.
   */
  readonly events?: () => AsyncIterable<Envelope<string, unknown>>;
}

export function liveStream(description: string) {
  return z.custom<Live>(isLive).meta({
    description,
    wire: { type: 'string', maxLength: endless },
  });
}

/** Whether the body of an answer is one that goes on. */
export function isLive(body: unknown): body is Live {
  const { live } = (body ?? {}) as Partial<Live>;
  return typeof live?.[Symbol.asyncIterator] === 'function';
}

/** Bytes are declared as such on both sides, or on none. @throws at start where they are not. */
export function assertStreams(name: string, { responses, metadata }: Streaming): void {
  const areBytes = Object.values(responses).some((schema) => schema instanceof z.ZodCustom);
  if (areBytes === (metadata.streams !== undefined)) return;
  throw new Error(`${name} declares metadata.streams, or a streamed answer, but not both`);
}

interface Streaming {
  readonly responses: Readonly<Record<number, unknown>>;
  readonly metadata: StreamsMetadata;
}

/** Whether the body of an answer is one that streams. */
export function isStreamed(body: unknown): body is Streamed {
  const { fileName, content } = (body ?? {}) as Partial<Streamed>;
  return typeof fileName === 'string' && typeof content?.[Symbol.asyncIterator] === 'function';
}

/** @throws where the answer names none of the media types that are declared. */
export function contentTypeOf({ contentType }: Streamed, declared: readonly string[]): string {
  const usual = declared.length === 1 ? declared[0] : undefined;
  const named = declared.find((one) => one === (contentType ?? usual));
  if (named === undefined) throw new Error(`${contentType} is none of ${declared.join(', ')}`);
  return named;
}

export const streams: Facet<StreamsMetadata, readonly string[]> = {
  read: ({ metadata }) => metadata.streams && [metadata.streams.contentType].flat(),
  problems: [],
  // `Content-Disposition` stands on good answers only: a refusal is nothing to save.
  headers: [],
  describe: () => ({ 'x-streams': true }),
};
