import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Answers by TLS until the test ends; its port. */
export async function tlsServer(certificate: { key: string; cert: string }): Promise<number> {
  const server = createServer(certificate, (_req, res) => void res.end('{}'));
  await once(server.listen(0, 'localhost'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}
