import type { IncomingMessage } from 'node:http';
import type { Upload } from '../../contract/kit/facets/uploads.ts';
import { digestIn, type Files, tooLarge } from '../operations/files.ts';
import { problem } from '../platform/problem-error.ts';
import type { Exchange } from './exchange.ts';
import { Multipart, mimeTypeOf, type Part, textOf } from './multipart.ts';
import { isPacked, type ReadBody } from './read-body.ts';

/** How the bodies of all operations are read. */
export interface Reading {
  readonly bodyLimitBytes: number;
  readonly files: Files;
}

const maxParts = 1_000;

/**
 * Reads the fields of a body with a file, and begins with the file: it arrives while the handler
 * reads it. Fields are texts, as in a form.
 */
export function uploadReader(upload: Upload, { bodyLimitBytes, files }: Reading) {
  const fileBytes = files.limitOf(upload);
  // Fields, and what stands between the parts.
  const maxBytes = fileBytes + bodyLimitBytes;
  return async ({ req, res }: Exchange): Promise<ReadBody> => {
    const boundary = boundaryOf(req);
    if (Number(req.headers['content-length']) > maxBytes) throw tooLarge(fileBytes);
    // Loaded by the first upload.
    const { Dicer } = await import('@fastify/busboy');
    // Gone while the guard looked: no event would come any more.
    if (req.destroyed && !req.complete) throw problem('malformed_request');
    const parser = new Dicer({ boundary, ...headerLimits });
    const body = new Multipart(req, parser, { maxBytes, maxParts, fileField: upload.field });
    res.once('close', () => body.close());
    const { fields, part } = await readFields(body, upload.field, bodyLimitBytes);
    const file = part && { fileName: part.fileName, content: lastOf(part, body) };
    const taken = file && (await files.take(file, upload, digestIn(fields)));
    return {
      text: '',
      isSuspect: true,
      value: { ...fields, ...(taken && { [upload.field]: taken }) },
    };
  };
}

/** What is longer is cut off, and then no header of ours is found. */
const headerLimits = { maxHeaderPairs: 20, maxHeaderSize: 8_192 };

/** @throws a problem `unsupported_media_type`, or `malformed_request` where no boundary is told. */
function boundaryOf(req: IncomingMessage): string {
  const type = mimeTypeOf(req.headers['content-type'] ?? '');
  const charset = type?.params.get('charset')?.toLowerCase() ?? 'utf-8';
  if (type?.essence !== 'multipart/form-data' || charset !== 'utf-8' || isPacked(req)) {
    throw problem('unsupported_media_type');
  }
  const boundary = type.params.get('boundary') ?? '';
  if (boundary === '' || boundary.length > 70) {
    throw problem('malformed_request', { detail: 'The boundary of the parts is not told.' });
  }
  return boundary;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Every field up to the file; a name that comes twice is a list, as in a form. */
async function readFields(body: Multipart, fileField: string, limitBytes: number) {
  const fields = new Map<string, string | string[]>();
  let left = limitBytes;
  let part = await body.next();
  while (part && part.name !== fileField) {
    const bytes = await readAll(contentOf(part, body), left);
    left -= bytes.length;
    const known = fields.get(part.name);
    const value = textOf(bytes);
    fields.set(part.name, known === undefined ? value : [known, value].flat());
    part = await body.next();
  }
  return { fields: Object.fromEntries(fields) as Fields, part };
}

async function readAll(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw problem('body_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* contentOf({ content }: Part, body: Multipart): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw body.failureOf(error);
  }
}

/** Ends where the body ends, and only if it ends well. */
async function* lastOf(part: Part, body: Multipart): AsyncGenerator<Uint8Array> {
  yield* contentOf(part, body);
  await body.next();
}
