import { type AddressInfo, createServer, type Server } from 'node:net';
import { type Door, explainShut, type ShutDoor } from './doors.ts';

/** Listens and answers the port (0 leaves the choice to the system), or says why it cannot. */
export async function listen(server: Server, door: Door): Promise<number> {
  try {
    return await listenAt(server, door.port, door.host);
  } catch (error) {
    throw explainShut([{ door, error: error as Error }]);
  }
}

/** Undefined: they are off. A door that may move goes to any free port when its own is taken. */
export async function listenForMetrics(server: Server, door: Door): Promise<number | undefined> {
  if (door.port === 0) return undefined;
  if (!door.mayMove) return listen(server, door);
  return listenAt(server, door.port, door.host).catch((error: NodeJS.ErrnoException) =>
    listen(server, error.code === 'EADDRINUSE' ? { ...door, port: 0 } : door),
  );
}

/** Finds out early whether the ports are free, before a database is started for nothing. */
export async function assertPortsFree(doors: readonly Door[]): Promise<void> {
  const shut: ShutDoor[] = [];
  const probes: Server[] = [];
  for (const door of doors.filter(({ port, mayMove }) => port !== 0 && !mayMove)) {
    const probe = createServer();
    // All of them stay open until the last has tried: two doors on one port are found as well.
    await listenAt(probe, door.port, door.host).then(
      () => probes.push(probe),
      (error: Error) => shut.push({ door, error }),
    );
  }
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  if (shut.length > 0) throw explainShut(shut);
}

function listenAt(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
