import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Collector {
  /** Takes spans by OTLP over HTTP. */
  readonly url: string;
  stop(): void;
}

/** Takes whatever is sent and forgets it: what is measured is who sends. */
export async function startCollector(): Promise<Collector> {
  const server = createServer((req, res) => {
    req.resume();
    req.on('end', () => res.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
