import { isUtf8 } from 'node:buffer';
import type { Readable, Writable } from 'node:stream';
import { MIMEType } from 'node:util';
import { invalidInput, ProblemError, problem } from '../platform/problem-error.ts';
import { undecodable } from './url-encoded.ts';

/** A part of a body, whose content arrives. */
export interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly content: Readable;
}

interface Limits {
  /** Of the whole body. */
  readonly maxBytes: number;
  readonly maxParts: number;
  /** The field of the file, after which nothing may come. */
  readonly fileField: string;
}

interface Waiting {
  readonly resolve: (part: Part | undefined) => void;
  readonly reject: (error: ProblemError) => void;
}

/** `name: value`s of a part, each character a byte. */
type PartHeaders = Readonly<Record<string, readonly string[]>>;

/**
 * The parts of a body of `multipart/form-data` (RFC 7578), one after the other. Where they begin and
 * end is found by `@fastify/busboy`; it passes over what it does not understand, and we refuse it.
 */
export class Multipart {
  readonly #source: Readable;
  readonly #parser: Writable;
  readonly #limits: Limits;
  readonly #arrived: Part[] = [];
  readonly #open = new Set<Readable>();
  #count = 0;
  #isInHeaders = false;
  #hasFile = false;
  #waiting: Waiting | undefined;
  #isParsed = false;
  #isWhole = false;
  #end: 'good' | ProblemError | undefined;

  constructor(source: Readable & { readonly complete: boolean }, parser: Writable, limits: Limits) {
    this.#source = source;
    this.#parser = parser;
    this.#limits = limits;
    let bytes = 0;
    source.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) this.#fail(problem('body_too_large'));
    });
    // The caller has gone, or sent no proper chunks: there is nobody to hear the answer.
    source.on('error', (cause) => this.#fail(malformed(cause)));
    source.on('close', () => source.complete || this.#fail(malformed()));
    parser.on('part', (part: Readable) => this.#begin(part));
    parser.on('error', (cause) => this.#fail(malformed(cause)));
    source.on('end', () => {
      this.#isWhole = true;
      this.#finish();
    });
    parser.on('finish', () => {
      this.#isParsed = true;
      // A pipe whose end has finished pauses what it read from, and never hears of its end.
      source.unpipe(parser).resume();
      this.#finish();
    });
    source.pipe(parser);
  }

  /** The next one; undefined after the last. @throws a problem where the body is bad. */
  async next(): Promise<Part | undefined> {
    const part = this.#arrived.shift();
    if (part) return part;
    if (this.#end === 'good') return undefined;
    if (this.#end) throw this.#end;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Why a part that broke off did so: it says less itself. */
  failureOf(error: unknown): unknown {
    return this.#end instanceof ProblemError ? this.#end : error;
  }

  /** Nobody reads on: what still arrives is thrown away. */
  close(): void {
    this.#fail(malformed());
  }

  #begin(content: Readable): void {
    this.#count += 1;
    // The parser says so of the whole body as well.
    content.on('error', () => {});
    if (this.#isInHeaders) this.#fail(malformed());
    if (this.#count > this.#limits.maxParts) this.#fail(problem('body_too_large'));
    if (this.#end) return;
    this.#isInHeaders = true;
    this.#open.add(content);
    content.once('close', () => this.#open.delete(content));
    content.once('header', (headers: PartHeaders) => {
      this.#isInHeaders = false;
      const disposition = dispositionOf(headers);
      if (disposition) this.#deliver({ ...disposition, content });
      else this.#fail(malformed());
    });
  }

  #deliver(part: Part): void {
    if (this.#hasFile) this.#fail(afterFile(part.name, this.#limits.fileField));
    if (this.#end) return;
    this.#hasFile = part.name === this.#limits.fileField;
    const { resolve } = this.#waiting ?? {};
    this.#waiting = undefined;
    if (resolve) resolve(part);
    else this.#arrived.push(part);
  }

  /** What follows the last part means nothing, but as much has to come as was said. */
  #finish(): void {
    if (!this.#isParsed || !this.#isWhole) return;
    if (this.#isInHeaders) this.#fail(malformed());
    this.#end ??= 'good';
    this.#waiting?.resolve(undefined);
  }

  #fail(error: ProblemError): void {
    if (this.#end) return;
    this.#end = error;
    this.#source.unpipe(this.#parser);
    this.#parser.destroy();
    for (const part of this.#open) part.destroy(error);
    this.#arrived.length = 0;
    this.#waiting?.reject(error);
    // Read to its end, and bounded by the time-out: who still sends hears the answer afterwards.
    this.#source.resume();
  }
}

function malformed(cause?: unknown): ProblemError {
  return problem('malformed_request', { detail: 'The body is no good multipart.', cause });
}

function afterFile(name: string, fileField: string): ProblemError {
  return name === fileField
    ? invalidInput({ in: 'body', path: name, code: 'too_many', message: 'At most 1 file' })
    : invalidInput({ in: 'body', path: '', code: 'late_field', message: 'The file comes last' });
}

/** What a part is called; its other headers mean nothing (RFC 7578, 4.8). */
function dispositionOf(headers: PartHeaders): Omit<Part, 'content'> | undefined {
  const [value, ...more] = headers['content-disposition'] ?? [];
  if (value === undefined || more.length > 0) return undefined;
  // Written as a media type is: `form-data; name="file"`.
  const parsed = mimeTypeOf(`multipart/${value}`);
  const name = parsed?.params.get('name');
  if (parsed?.subtype !== 'form-data' || typeof name !== 'string') return undefined;
  const fileName = parsed.params.get('filename') ?? undefined;
  return { name: text(name), fileName: fileName && text(fileName) };
}

export function mimeTypeOf(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header);
  } catch {
    return undefined;
  }
}

function text(latin1: string): string {
  return textOf(Buffer.from(latin1, 'latin1'));
}

/** The text of these bytes; where they are no UTF-8, something that the check of texts refuses. */
export function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString() : undecodable;
}
