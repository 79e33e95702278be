import type { IncomingMessage } from 'node:http';
import express from 'express';
import type { HttpConfig } from '../config/http.ts';
import { knownHosts } from '../platform/known-hosts.ts';
import { problem } from '../platform/problem-error.ts';

/**
 * One `Host`, and one of ours where the operator lists them. @throws `malformed_request`, 400, or
 * `unknown_host`, 421.
 */
export function createHostCheck({ allowedHosts }: HttpConfig): (req: IncomingMessage) => void {
  if (!allowedHosts) return assertOneHost;
  const isKnown = knownHosts(allowedHosts);
  return (req) => {
    assertOneHost(req);
    if (!isKnown(req.headers.host)) throw problem('unknown_host');
  };
}

/** RFC 9112, 3.2: two servers on the way must not read two hosts out of one request. */
function assertOneHost({ rawHeaders, httpVersion }: IncomingMessage): void {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts !== 1 && (hosts > 1 || httpVersion === '1.1')) throw problem('malformed_request');
}

/** 406 when the caller rules JSON out, and what the operation streams, where it streams. */
export function assertAcceptable(req: IncomingMessage, streams: readonly string[] = []): void {
  assertTakes(req, ['application/json', 'application/problem+json', ...streams]);
}

/** 406 when the caller takes none of these. JSON is one of them. */
export function assertTakes(req: IncomingMessage, mediaTypes: string[]): void {
  const { accept } = req.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  // Express's own negotiation; all it looks at are the headers.
  const asked = express.request.accepts.bind(req as never);
  if (!asked(mediaTypes)) throw problem('not_acceptable');
}
