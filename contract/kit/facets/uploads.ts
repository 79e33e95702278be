import type { AppRoute } from '@ts-rest/core';
import * as z from 'zod';
import { finding } from '../findings.ts';
import type { Declaring, Facet } from './facet.ts';
import { idempotency } from './idempotency.ts';

/** What a file has to be. */
export interface UploadRules {
  /** An operator may allow less. */
  readonly maxBytes: number;
  /** Judged by what the file begins with: its name and its header prove nothing. */
  readonly mediaTypes: readonly [string, ...string[]];
}

/** The file of an operation that takes one. */
export interface Upload extends UploadRules {
  /** The name of its field. */
  readonly field: string;
}

/** A file on its way in, on the side that takes it. */
export interface Uploaded {
  /** What its sender calls it. Any text: nothing of ours is ever named so. */
  readonly fileName: string | undefined;
  /** By its content, and one of those that are declared. */
  readonly mediaType: string;
  /**
   * Read once, as it arrives. It ends only where the request was good to its end; else it throws the
   * problem, so that what reads it keeps nothing.
   */
  readonly content: AsyncIterable<Uint8Array>;
  /** What was found on the way. @throws before the content was read to its end. */
  received(): Received;
}

export interface Received {
  readonly bytes: number;
  /** SHA-256, in base64url. */
  readonly sha256: string;
  /** The same as `FileDigest` writes it. */
  readonly digest: string;
}

/** The field of a file in a body of `multipart/form-data`: fields stand before it. */
export function uploaded({ description, ...rules }: UploadRules & { description: string }) {
  const { maxBytes, mediaTypes } = rules;
  const [contentMediaType, ...more] = mediaTypes;
  const wire = {
    type: 'string',
    format: 'binary',
    ...(more.length === 0 && { contentMediaType }),
    // A maximum of characters would say nothing of bytes, and generators take it for one.
    'x-max-bytes': maxBytes,
  };
  // A custom schema has no place in an object of the document: this one is anything, and then judged.
  const schema = z.unknown().refine(isUploaded, finding('required', 'A file belongs here'));
  const known = schema.meta({ description, upload: rules, wire });
  return known as unknown as z.ZodType<Uploaded, Uploaded>;
}

/** Whether it is a file that arrives. */
export function isUploaded(value: unknown): value is Uploaded {
  const { content, received } = (value ?? {}) as Partial<Uploaded>;
  return typeof content?.[Symbol.asyncIterator] === 'function' && typeof received === 'function';
}

/** The digest of the file, as RFC 9530 writes it. */
export const FileDigest = z
  .string()
  .regex(/^sha-256=:[A-Za-z0-9+/]{43}=:$/, 'Write sha-256=:…:, in base64')
  .meta({
    description: 'The SHA-256 of the file, as `Repr-Digest` writes it (RFC 9530).',
    maxLength: 54,
    examples: ['sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:'],
  });

export function fileDigest(sha256: string): string {
  const padded = sha256.replaceAll('-', '+').replaceAll('_', '/');
  return `sha-256=:${padded}=:`;
}

/** The field in which the sender says what the file's digest is, where the body has one. */
export const digestField = 'digest';

export const uploads: Facet<object, Upload> = {
  read: ({ body }) => filesIn(body)[0],
  // What may be wrong with a body may be wrong with this one.
  problems: [],
  headers: [],
  describe: () => ({}),
};

function filesIn(body: unknown): Upload[] {
  if (!(body instanceof z.ZodObject)) return [];
  return Object.entries(body.shape as z.ZodRawShape).flatMap(([field, schema]) => {
    const { upload } = (z.globalRegistry.get(schema) ?? {}) as { upload?: UploadRules };
    return upload ? [{ field, ...upload }] : [];
  });
}

export function isMultipart(route: AppRoute): boolean {
  return 'contentType' in route && route.contentType === 'multipart/form-data';
}

type Assertable = Declaring<Parameters<typeof idempotency.read>[0]['metadata']> & AppRoute;

/** @throws at start where an operation would take files otherwise than described. */
export function assertUploads(name: string, route: Assertable): void {
  const files = filesIn((route as Declaring<object>).body);
  if (files.length === 0 && !isMultipart(route)) return;
  const mistake =
    (!isMultipart(route) && 'its contentType is not multipart/form-data') ||
    (files.length !== 1 && 'multipart/form-data carries one file') ||
    // What came before is compared, and a connection is held meanwhile: not while somebody uploads.
    (idempotency.read(route) && 'an upload takes no Idempotency-Key: make it a PUT');
  if (mistake) throw new Error(`${name} takes a file, but ${mistake}`);
}
