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
export function assertTakes(req: IncomingMessage, mediaTypes: readonly string[]): void {
  const { accept } = req.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  if (!dearestOf(req, mediaTypes)) throw problem('not_acceptable');
}

/** Which of these the caller takes, the dearest first. */
export function takenOf(req: IncomingMessage, mediaTypes: readonly string[]): string[] {
  const dearest = dearestOf(req, mediaTypes);
  if (dearest === undefined) return [];
  return [
    dearest,
    ...takenOf(
      req,
      mediaTypes.filter((one) => one !== dearest),
    ),
  ];
}

/** By Express's own negotiation; all it looks at are the headers. */
function dearestOf(req: IncomingMessage, mediaTypes: readonly string[]): string | undefined {
  const asked = express.request.accepts.bind(req as never);
  // Who asks for UTF-8 gets it as everybody does.
  const offered = mediaTypes.map((one) => `${one}; charset=utf-8`);
  const found = offered.length > 0 && asked(offered);
  return found ? mediaTypes[offered.indexOf(String(found))] : undefined;
}
