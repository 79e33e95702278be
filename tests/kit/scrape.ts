import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address of a server, on a free port from the first time it is asked for. */
export async function addressOf(server: Server): Promise<string> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The lines that a collector of metrics reads, without comments. */
export async function scrape(metricsServer: Server): Promise<string[]> {
  const answer = await fetch(`${await addressOf(metricsServer)}/metrics`);
  const text = await answer.text();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
