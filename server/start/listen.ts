import { type AddressInfo, createServer, type Server } from 'node:net';
import { StartFailure } from './failure.ts';

/** Listens and answers the port (0 leaves the choice to the system), or says why it cannot. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(describe(error, port, host));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Finds out early whether the port is free, before a database is started for nothing. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  await listen(probe, port, host);
  await new Promise((resolve) => probe.close(resolve));
}

function describe(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartFailure({
      what: `Charter cannot listen on port ${port}.`,
      why: 'Another program uses it; perhaps Charter runs already.',
      todo: `Open http://localhost:${port} to see, stop that program, or choose another port: PORT=${port + 1} npm start`,
    });
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL') {
    return new StartFailure({
      what: `Charter cannot listen on ${host}:${port}.`,
      why: error.message,
      todo: 'Choose another address with HOST and PORT; ports below 1024 need privileges.',
    });
  }
  return error;
}
