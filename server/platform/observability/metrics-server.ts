import type { RequestListener, Server } from 'node:http';
import { knownHosts } from '../known-hosts.ts';
import { createServer } from '../node-http.ts';

/**
 * A server beside the service, for whoever collects metrics: never on the public port. It knows one
 * address, and does not listen yet. `hosts` are the names under which it may be called.
 */
export function createMetricsServer(
  answerMetrics: RequestListener,
  hosts: readonly string[],
): Server {
  const isKnown = knownHosts(hosts);
  const limits = {
    requestTimeout: 10_000,
    headersTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  };
  return createServer(limits, (req, res) => {
    if (!isKnown(req.headers.host)) return res.writeHead(421).end(unknownHost);
    const path = req.url?.split('?', 1)[0];
    if (path !== '/metrics') return res.writeHead(404).end();
    if (req.method !== 'GET') return res.writeHead(405, { Allow: 'GET' }).end();
    answerMetrics(req, res);
  });
}

const unknownHost = 'Charter knows no such host here: add its name to METRICS_HOSTS.\n';

/** Waits for nobody: what is asked for can be asked again. */
export function closeMetricsServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
