import { type AddressInfo, createServer, type Server } from 'node:net';
import { StartFailure } from './failure.ts';

/** What listens, and the settings that say where: for the message when it cannot. */
export interface Door {
  readonly what: string;
  readonly portSetting: string;
  readonly hostSetting: string;
}

const serviceDoor: Door = { what: 'Charter', portSetting: 'PORT', hostSetting: 'HOST' };

export const metricsDoor: Door = {
  what: 'The metrics endpoint of Charter',
  portSetting: 'METRICS_PORT',
  hostSetting: 'METRICS_HOST',
};

/** Listens and answers the port (0 leaves the choice to the system), or says why it cannot. */
export function listen(
  server: Server,
  port: number,
  host: string,
  door = serviceDoor,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(describe(error, port, host, door));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Finds out early whether the port is free, before a database is started for nothing. */
export async function assertPortFree(
  port: number,
  host: string,
  door = serviceDoor,
): Promise<void> {
  const probe = createServer();
  await listen(probe, port, host, door);
  await new Promise((resolve) => probe.close(resolve));
}

function describe(error: NodeJS.ErrnoException, port: number, host: string, door: Door): Error {
  const { what, portSetting, hostSetting } = door;
  if (error.code === 'EADDRINUSE') {
    return new StartFailure({
      what: `${what} cannot listen on port ${port}.`,
      why: 'Another program uses it; perhaps Charter runs already.',
      todo: `Open http://localhost:${port} to see, stop that program, or choose another port: ${portSetting}=${port + 1} npm start`,
    });
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL') {
    return new StartFailure({
      what: `${what} cannot listen on ${host}:${port}.`,
      why: error.message,
      todo: `Choose another address with ${hostSetting} and ${portSetting}; ports below 1024 need privileges.`,
    });
  }
  return error;
}
