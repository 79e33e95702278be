import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { AppRoute } from '../../contract/kit/api.ts';
import { problem } from '../platform/problem-error.ts';
import { parseUrlEncoded } from './url-encoded.ts';

/** What a body was read as, and its text. */
export interface ReadBody {
  readonly text: string;
  readonly value: unknown;
  /** Whether texts in it have to be looked at, whatever `text` shows. */
  readonly isSuspect?: true;
}

/** Reads the body of one operation: UTF-8, no content encoding, the declared type. */
export type BodyReader = (req: IncomingMessage) => Promise<ReadBody>;

export function bodyReader(route: AppRoute, limitBytes: number): BodyReader {
  return readerOf(isForm(route) ? form : json, limitBytes);
}

/** Reads what a form on a page sends. */
export function formReader(limitBytes: number): BodyReader {
  return readerOf(form, limitBytes);
}

/** Reads a request of GraphQL, which is parsed by whoever speaks it. */
export function readGraphql(limitBytes: number): BodyReader {
  return readerOf({ ...json, parse: () => undefined }, limitBytes);
}

function readerOf({ pattern, parse }: typeof json, limitBytes: number): BodyReader {
  return async (req) => {
    if (!pattern.test(req.headers['content-type'] ?? '') || isPacked(req)) {
      throw problem('unsupported_media_type');
    }
    const text = await readText(req, limitBytes);
    return { text, value: parse(text) };
  };
}

const json = {
  pattern: /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i,
  parse: (text: string): unknown => {
    if (text === '') throw problem('malformed_request', { detail: 'The body is missing.' });
    try {
      return JSON.parse(text);
    } catch {
      // The reason quotes the body, which may hold a secret.
      throw problem('malformed_request');
    }
  },
};

const maxFields = 1_000;
const form = {
  pattern: /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i,
  parse: (text: string): unknown => {
    // Past its limit the parser drops fields without a word.
    if (text.split('&', maxFields + 1).length > maxFields) throw problem('body_too_large');
    return parseUrlEncoded(text, { maxKeys: maxFields });
  },
};

function isForm(route: AppRoute): boolean {
  return 'contentType' in route && route.contentType === 'application/x-www-form-urlencoded';
}

export function isPacked({ headers }: IncomingMessage): boolean {
  return (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
}

/** What is left unread of a refused body is thrown away by Node, bounded by the time-out. */
function readText(req: IncomingMessage, limitBytes: number): Promise<string> {
  if (Number(req.headers['content-length']) > limitBytes) throw problem('body_too_large');
  // Gone while the guard looked: no event would come any more.
  if (req.destroyed && !req.complete) throw problem('malformed_request');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else if (bytes - chunk.length <= limitBytes) reject(problem('body_too_large'));
    });
    req.on('end', () => {
      const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      if (isUtf8(whole)) resolve(whole.toString());
      else reject(problem('malformed_request', { detail: 'The body is not UTF-8.' }));
    });
    // The caller has gone, or sent no proper chunks: there is nobody to hear the answer.
    req.on('error', (cause) => reject(problem('malformed_request', { cause })));
    req.on('close', () => req.complete || reject(problem('malformed_request')));
  });
}
