import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { type Door, explainShut, type ShutDoor } from './doors.ts';

/** Finds out early whether the ports are free, before a database is started for nothing. */
export async function assertPortsFree(doors: readonly Door[]): Promise<void> {
  const shut: ShutDoor[] = [];
  const probes: Server[] = [];
  for (const door of doors.filter(({ port, mayMove }) => port !== 0 && !mayMove)) {
    const probe = createServer().listen(door.port, door.host);
    // All of them stay open until the last has tried: two doors on one port are found as well.
    await once(probe, 'listening').then(
      () => probes.push(probe),
      (error: Error) => shut.push({ door, error }),
    );
  }
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  if (shut.length > 0) throw explainShut(shut);
}
