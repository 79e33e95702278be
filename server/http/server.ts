import { randomUUIDv7 } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { type ProblemCode, problems } from '../../contract/kit/problems.ts';
import { createServer } from '../platform/node-http.ts';
import type { Platform } from '../platform/platform.ts';
import { type FlatHeaders, replyHeaders } from './reply-headers.ts';

/** How long a caller has for the last answer, while nothing of theirs is read any more. */
const lingerMs = 1_000;

/** The HTTP server with every wait bounded; a request that cannot be read is answered, too. */
export function createHttpServer(
  listener: RequestListener,
  { config, log }: Pick<Platform, 'config' | 'log'>,
): Server {
  const { publicUrl, requestIdHeader, requestTimeoutSeconds } = config.http;
  const server = createServer(
    {
      requestTimeout: requestTimeoutSeconds * 1000,
      headersTimeout: Math.min(10, requestTimeoutSeconds) * 1000,
      keepAliveTimeout: 65_000,
      // How often the limits above are looked at; Node's own 30 s would let them run over.
      connectionsCheckingInterval: 1_000,
      // The edge asks for it instead: Node's own refusal is no problem document.
      requireHostHeader: false,
    },
    listener,
  );
  // The request was never read, so its origin is unknown: the headers are those for any other origin.
  const headers = replyHeaders(config.http).data({ headers: {} });
  // An expectation that nobody knows may be ignored; Node's own 417 is no problem document.
  server.on('checkExpectation', listener);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const requestId = randomUUIDv7();
    const code = codeOf(error);
    log.info({ requestId, status: problems[code].status, code }, 'unreadable request');
    const refused = [...headers, requestIdHeader, requestId];
    socket.end(rawProblem(code, requestId, publicUrl, refused));
    // At once, it could be lost on its way; never, whoever sends on would hold a request and its file.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  });
  return server;
}

function codeOf(error: NodeJS.ErrnoException): ProblemCode {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return 'malformed_request';
}

/** Written by hand: there is no request yet, only a socket. */
function rawProblem(
  code: ProblemCode,
  requestId: string,
  publicUrl: string,
  headers: FlatHeaders,
): string {
  const { status, title } = problems[code];
  const body = JSON.stringify({
    type: `${publicUrl}/docs/problems/${code}`,
    title,
    status,
    detail: `${title}.`,
    code,
    requestId,
  });
  return [
    `HTTP/1.1 ${status} ${title}`,
    ...headerLines(headers),
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function headerLines(flat: FlatHeaders): string[] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${flat[at + 1]}`] : []));
}

/**
 * Takes no more connections and waits for the requests in flight, as long as a request may take:
 * a server that closes has stopped to enforce that limit itself.
 */
export function closeServer(http: Server): Promise<void> {
  if (!http.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const limit = setTimeout(() => http.closeAllConnections(), http.requestTimeout);
    http.close(() => {
      clearTimeout(limit);
      resolve();
    });
    http.closeIdleConnections();
  });
}
