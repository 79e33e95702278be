import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { contract, tags } from '../../../contract/index.ts';
import { mockConfig } from '../../../server/cli/mock.ts';
import { createMock } from '../../../server/mock/mock.ts';
import { document } from '../../kit/document.ts';
import { freePort } from '../../kit/port.ts';

export interface Server {
  readonly url: string;
  readonly stop: () => void;
}

const program = fileURLToPath(
  new URL('node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url),
);
const published = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

/** `charter mock`, in this process. */
export async function startOurs(): Promise<Server> {
  const server = createMock({ contract, tags, document, config: mockConfig(4010) });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** Prism with our document: a mock of its own, or in front of another server, which it judges. */
export async function startPrism(upstream?: string): Promise<Server> {
  const port = await freePort();
  const command = upstream ? ['proxy', published, upstream, '--errors'] : ['mock', published];
  const args = [program, ...command, '--host=127.0.0.1', `--port=${port}`, '--cors=false'];
  const prism = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(prism.stdout);
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('Prism is listening')) resolve();
    });
    prism.once('exit', (code) => reject(new Error(`Prism ended (${code}):\n${said.join('\n')}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => prism.kill('SIGKILL') };
}
