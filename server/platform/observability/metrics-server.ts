import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * A server beside the service, for whoever collects metrics: never on the public port. It knows one
 * address, and does not listen yet.
 */
export function createMetricsServer(answerMetrics: RequestListener): Server {
  const limits = {
    requestTimeout: 10_000,
    headersTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  };
  return createServer(limits, (req, res) => {
    const path = req.url?.split('?', 1)[0];
    if (path !== '/metrics') return res.writeHead(404).end();
    if (req.method !== 'GET') return res.writeHead(405, { Allow: 'GET' }).end();
    answerMetrics(req, res);
  });
}

/** Waits for nobody: what is asked for can be asked again. */
export function closeMetricsServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
