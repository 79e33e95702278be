import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import proxyAddress from 'proxy-addr';
import { StepTimes } from '../platform/observability/step-times.ts';
import type { Platform } from '../platform/platform.ts';
import { Exchange } from './exchange.ts';
import type { ReplyHeaders } from './reply-headers.ts';

const saneRequestId = /^[\w.:-]{8,128}$/;

/** Makes the exchange of a request: its id, its address, and the headers that every answer has. */
export function createEdge(
  { config, stopping }: Pick<Platform, 'config' | 'stopping'>,
  headers: ReplyHeaders,
) {
  const { requestIdHeader, trustProxy } = config.http;
  const { isTimingTold } = config.observability;
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
      times: isTimingTold ? new StepTimes() : undefined,
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
