import { createServer, type RequestListener, type Server } from 'node:http';
import { isIP } from 'node:net';

/**
 * A server beside the service, for whoever collects metrics: never on the public port. It knows one
 * address, and does not listen yet. `hosts` are the names under which it may be called.
 */
export function createMetricsServer(
  answerMetrics: RequestListener,
  hosts: readonly string[],
): Server {
  const known = new Set(['localhost', ...hosts.map((host) => host.toLowerCase())]);
  const limits = {
    requestTimeout: 10_000,
    headersTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  };
  return createServer(limits, (req, res) => {
    if (!isKnown(req.headers.host, known)) return res.writeHead(421).end(unknownHost);
    const path = req.url?.split('?', 1)[0];
    if (path !== '/metrics') return res.writeHead(404).end();
    if (req.method !== 'GET') return res.writeHead(405, { Allow: 'GET' }).end();
    answerMetrics(req, res);
  });
}

const unknownHost = 'Charter knows no such host here: add its name to METRICS_HOSTS.\n';

/**
 * A page elsewhere can make its own name lead to this machine (DNS rebinding), and then its browser
 * calls us by that name. Nobody can do that to an address.
 */
function isKnown(host: string | undefined, known: ReadonlySet<string>): boolean {
  const name = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host ?? '');
  const called = (name?.[1] ?? name?.[2] ?? '').toLowerCase();
  return known.has(called) || isIP(called) !== 0;
}

/** Waits for nobody: what is asked for can be asked again. */
export function closeMetricsServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
