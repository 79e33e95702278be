import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface Verdaccio {
  readonly runServer: (config: object) => Promise<Server>;
}

export interface Registry {
  readonly url: string;
  close(): void;
}

/** A team's own npm registry, empty, that anyone may publish to and that asks no other. */
export async function startRegistry(folder: string): Promise<Registry> {
  const load = createRequire(new URL('../../checks/package.json', import.meta.url));
  const { runServer } = load('verdaccio') as Verdaccio;
  const server = await runServer({
    storage: folder,
    self_path: `${folder}/config.yaml`,
    uplinks: {},
    packages: { '**': { access: '$all', publish: '$all' } },
    log: { type: 'stdout', level: 'error' },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
