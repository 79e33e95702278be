import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Destinations } from './destinations.ts';
import { AddressRefused } from './guarded-lookup.ts';
import { openRequestSpan } from './request-span.ts';

/** Why nothing was answered, in words of ours. */
export type PostFailure =
  | 'timed_out'
  | 'name_not_found'
  | 'not_reachable'
  | 'connection_lost'
  | 'tls_failed'
  | 'invalid_answer'
  | 'address_refused';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** All of it, from the look-up of the name on. */
  readonly timeoutMs: number;
  /** Ends it; then it throws. */
  readonly signal: AbortSignal;
}

/** The status that was answered, or why there is none. */
export type Posted = { readonly status: number } | { readonly failure: PostFailure };

const maxHeadBytes = 16_384;
/** What is answered interests nobody: so much of it is read that whoever sends it is not cut off. */
const maxBodyBytes = 65_536;
const bodyMs = 1_000;

/**
 * Sends a body to somebody who is not trusted. Nothing is followed, nothing is kept, and whatever
 * they do has an end: the time for all of it, the size of the head, and how much of the body is read.
 * It is part of the trace of the call, of which they are told nothing.
 */
export async function post(request: Post, destinations: Destinations): Promise<Posted> {
  const url = new URL(request.url);
  const span = openRequestSpan('POST', url);
  try {
    const posted = await tryOnce(url, request, destinations);
    if ('status' in posted) span?.answered(posted.status);
    else span?.failed(posted.failure);
    return posted;
  } catch (error) {
    span?.failed('given_up');
    throw error;
  }
}

async function tryOnce(url: URL, request: Post, destinations: Destinations): Promise<Posted> {
  const { signal, timeoutMs } = request;
  if (destinations.refusalOf(url) !== undefined) return { failure: 'address_refused' };
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const status = await send(url, request, destinations, AbortSignal.any([signal, limit]));
    // Node takes `000` for a status.
    return status < 100 ? { failure: 'invalid_answer' } : { status };
  } catch (error) {
    signal.throwIfAborted();
    return { failure: limit.aborted ? 'timed_out' : failureOf(error) };
  }
}

async function send(
  url: URL,
  { headers, body }: Post,
  destinations: Destinations,
  signal: AbortSignal,
): Promise<number> {
  // Loaded by the first request: most processes send none.
  const http = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const request = http.request(url, {
    method: 'POST',
    // A connection for each request, and never the proxy that the environment names.
    agent: false,
    signal,
    maxHeaderSize: maxHeadBytes,
    lookup: destinations.lookupFor(url),
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  });
  // What still comes when we have turned away is nobody's concern.
  request.on('error', () => {});
  request.end(body);
  try {
    const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
    await readSome(response);
    return response.statusCode ?? 0;
  } finally {
    request.destroy();
  }
}

/** The status has decided: however the body ends, nothing becomes of it. */
async function readSome(response: IncomingMessage): Promise<void> {
  const patience = setTimeout(() => response.destroy(), bodyMs);
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBodyBytes) return;
    }
  } catch {
  } finally {
    clearTimeout(patience);
  }
}

const codes: Readonly<Record<string, PostFailure>> = {
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  ECONNREFUSED: 'not_reachable',
  EHOSTUNREACH: 'not_reachable',
  ENETUNREACH: 'not_reachable',
  EADDRNOTAVAIL: 'not_reachable',
  ETIMEDOUT: 'not_reachable',
};

const ofTls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|HOSTNAME|EPROTO)/;

function failureOf(error: unknown): PostFailure {
  if (error instanceof AddressRefused) return 'address_refused';
  const { code = '' } = error as NodeJS.ErrnoException;
  if (ofTls.test(code)) return 'tls_failed';
  return codes[code] ?? (code.startsWith('HPE_') ? 'invalid_answer' : 'connection_lost');
}
