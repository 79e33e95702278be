import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { type Door, explainShut } from './doors.ts';

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

async function listenAt(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
