import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  method: string;
  /** As it came over the wire, undecoded. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  type?: string;
  headers?: Record<string, string>;
  /** Sent as it is when it is a string, else as JSON. */
  body?: unknown;
}

export type Answering = (request: Received) => Reply | Promise<Reply>;

/** A service that says what the test wants to hear. Gone when the test ends. */
export async function standIn(answering: Answering) {
  const requests: Received[] = [];
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: await textOf(incoming) };
    requests.push(request);
    send(response, await answering(request));
  };
  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, requests };
}

async function textOf(incoming: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, { status, type, headers, body }: Reply): void {
  response.writeHead(status, { 'content-type': type ?? 'application/json', ...headers });
  response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
}

export function problem(status: number, code: string, more: object = {}): Reply {
  const body = {
    type: `https://api.example.com/docs/problems/${code}`,
    title: code,
    status,
    detail: `This is ${code}.`,
    code,
    requestId: 'request-1',
    ...more,
  };
  return { status, type: 'application/problem+json', body };
}

/** A promise that the test fulfils. */
export function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
