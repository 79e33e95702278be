import { hash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { matchesWeakly, readTags } from '../operations/entity-tags.ts';
import { problem } from '../platform/problem-error.ts';
import { type Coding, codingFor, encoded } from './content-coding.ts';

interface Sent {
  readonly type: string;
  readonly cacheControl: string;
}

interface Representation {
  readonly bytes: Buffer;
  /** Strong: each coding is other bytes, so it has another one. */
  readonly etag: string;
}

/**
 * Answers with what is the same for everybody while the process runs. It is made when somebody first
 * asks for it, and compressed once for each coding: most processes are never asked, and start sooner.
 */
export function fixed(
  make: () => string | Buffer | Promise<string | Buffer>,
  { type, cacheControl }: Sent,
): RequestHandler {
  const plain = kept(async () => Buffer.from(await make()));
  const inCoding = keptEach((coding) => representationOf(plain, coding));
  return async ({ headers, method }, res) => {
    res.vary('Accept-Encoding');
    const coding = codingFor(headers['accept-encoding'] as string | undefined);
    if (!coding) throw problem('not_acceptable', { detail: 'It is sent as it is, gzip or br.' });
    const known = readTags(headers['if-none-match']);
    const { bytes, etag } = await inCoding(coding);
    res.setHeader('ETag', etag);
    res.setHeader('Cache-Control', cacheControl);
    if (known && matchesWeakly(known, etag)) return void res.status(304).end();
    if (coding !== 'identity') res.setHeader('Content-Encoding', coding);
    res.setHeader('Content-Type', type);
    send(res, bytes, method);
  };
}

function send(res: Response, bytes: Buffer, method: string): void {
  res.setHeader('Content-Length', bytes.length);
  res.end(method === 'HEAD' ? undefined : bytes);
}

async function representationOf(
  plain: () => Promise<Buffer>,
  coding: Coding,
): Promise<Representation> {
  const bytes = await plain();
  const named = hash('sha256', bytes, 'base64url');
  return {
    bytes: await encoded(bytes, coding),
    etag: coding === 'identity' ? `"${named}"` : `"${named}-${coding}"`,
  };
}

/** What failed is tried again when the next one asks. */
function kept<Made>(make: () => Promise<Made>): () => Promise<Made> {
  const once = keptEach(make);
  return () => once('identity');
}

function keptEach<Made>(make: (coding: Coding) => Promise<Made>) {
  const made = new Map<Coding, Promise<Made>>();
  return (coding: Coding): Promise<Made> => {
    const known = made.get(coding);
    if (known) return known;
    const fresh = make(coding);
    made.set(coding, fresh);
    fresh.catch(() => made.delete(coding));
    return fresh;
  };
}
