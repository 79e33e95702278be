import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import proxyAddress from 'proxy-addr';
import type { HttpConfig } from '../config/http.ts';
import { knownHosts } from '../platform/known-hosts.ts';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import { Exchange } from './exchange.ts';
import type { ReplyHeaders } from './reply-headers.ts';

const saneRequestId = /^[\w.:-]{8,128}$/;

/** Makes the exchange of a request: its id, its address, and the headers that every answer has. */
export function createEdge(
  { config, stopping }: Pick<Platform, 'config' | 'stopping'>,
  headers: ReplyHeaders,
) {
  const { requestIdHeader, trustProxy } = config.http;
  const idName = requestIdHeader.toLowerCase();
  const addressOf = addressBehind(trustProxy);
  return (req: IncomingMessage, res: ServerResponse): Exchange => {
    const id = requestIdOf(req.headers[idName]);
    const fixedHeaders = headers.data(req);
    const exchange = new Exchange(req, res, {
      id,
      address: addressOf(req),
      fixedHeaders,
      stopping,
    });
    exchange.addHeader(requestIdHeader, id);
    return exchange;
  };
}

/** A sane incoming id is kept. */
function requestIdOf(incoming: string | string[] | undefined): string {
  return typeof incoming === 'string' && saneRequestId.test(incoming) ? incoming : randomUUIDv7();
}

function addressBehind(proxies: readonly string[]): (req: IncomingMessage) => string {
  if (proxies.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = proxyAddress.compile([...proxies]);
  // A connection that was reset has no address, whatever the types say.
  return (req) => (proxyAddress(req, isTrusted) as string | undefined) ?? '';
}

/**
 * One `Host`, and one of ours where the operator lists them. @throws `malformed_request`, 400, or
 * `unknown_host`, 421.
 */
export function createHostCheck({ allowedHosts }: HttpConfig): (exchange: Exchange) => void {
  if (!allowedHosts) return assertOneHost;
  const isKnown = knownHosts(allowedHosts);
  return (exchange) => {
    assertOneHost(exchange);
    if (!isKnown(exchange.req.headers.host)) throw problem('unknown_host');
  };
}

/** RFC 9112, 3.2: two servers on the way must not read two hosts out of one request. */
function assertOneHost({ req: { rawHeaders, httpVersion } }: Exchange): void {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts !== 1 && (hosts > 1 || httpVersion === '1.1')) throw problem('malformed_request');
}

/** 406 when the caller rules JSON out. */
export function assertAcceptable(req: IncomingMessage): void {
  const { accept } = req.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  // Express's own negotiation; all it looks at are the headers.
  const asked = express.request.accepts.bind(req as never);
  if (!asked(['application/json', 'application/problem+json'])) throw problem('not_acceptable');
}
