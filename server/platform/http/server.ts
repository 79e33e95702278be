import { randomUUIDv7 } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { type ProblemCode, problems } from '../../../contract/kit/problems.ts';

export interface ServerOptions {
  readonly publicUrl: string;
  readonly requestTimeoutSeconds: number;
}

/** The HTTP server with every wait bounded; a request that cannot be read is answered, too. */
export function createHttpServer(listener: RequestListener, options: ServerOptions): Server {
  const server = createServer(
    {
      requestTimeout: options.requestTimeoutSeconds * 1000,
      headersTimeout: Math.min(10, options.requestTimeoutSeconds) * 1000,
      keepAliveTimeout: 65_000,
    },
    listener,
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    socket.end(rawProblem(codeOf(error), options.publicUrl));
  });
  return server;
}

function codeOf(error: NodeJS.ErrnoException): ProblemCode {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return 'malformed_request';
}

/** Written by hand: there is no request yet, only a socket. */
function rawProblem(code: ProblemCode, publicUrl: string): string {
  const { status, title } = problems[code];
  const requestId = randomUUIDv7();
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
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Takes no more connections and waits for the requests in flight. */
export function closeServer(http: Server): Promise<void> {
  if (!http.listening) return Promise.resolve();
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
}
