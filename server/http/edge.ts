import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import proxyAddress from 'proxy-addr';
import type { Platform } from '../platform/platform.ts';
import { captureHeaders } from './captured-headers.ts';
import { Exchange } from './exchange.ts';

const requestIdHeader = 'X-Request-Id';
const saneRequestId = /^[\w.:-]{8,128}$/;

/** Makes the exchange of a request: its id, its address, and the headers that every answer has. */
export function createEdge({ config, stopping }: Pick<Platform, 'config' | 'stopping'>) {
  const headersFor = captureHeaders(config.http);
  const addressOf = addressBehind(config.http.trustProxy);
  return (req: IncomingMessage, res: ServerResponse): Exchange => {
    const id = requestIdOf(req);
    const headers = [...headersFor(req), requestIdHeader, id];
    return new Exchange(req, res, { id, address: addressOf(req), headers, stopping });
  };
}

/** A sane incoming id is kept. */
function requestIdOf({ headers }: IncomingMessage): string {
  const incoming = headers['x-request-id'];
  return typeof incoming === 'string' && saneRequestId.test(incoming) ? incoming : randomUUIDv7();
}

function addressBehind(proxies: readonly string[]): (req: IncomingMessage) => string {
  if (proxies.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = proxyAddress.compile([...proxies]);
  // A connection that was reset has no address, whatever the types say.
  return (req) => (proxyAddress(req, isTrusted) as string | undefined) ?? '';
}
