import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens where it may and tells the coordinator, which ends this process when it is done. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
  answerCoordinator();
}

/** Where the system has no scheduler statistics, the process tells its own CPU time. */
export function answerCoordinator(): void {
  process.on('message', (question) => {
    if (question === 'cpu') process.send?.({ cpu: process.cpuUsage() });
  });
  process.on('disconnect', () => process.exit(0));
}
