import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on, for a program that is started later. Below those that systems give
 * away by themselves: another test that lets the system choose cannot take it in between.
 */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const probe = createServer();
  const isFree = await Promise.race([
    once(probe.listen(port, '127.0.0.1'), 'listening').then(() => true),
    once(probe, 'error').then(() => false),
  ]).catch(() => false);
  if (!isFree) return freePort();
  probe.close();
  await once(probe, 'close');
  return port;
}
