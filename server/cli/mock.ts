import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Command } from 'commander';
import { contract, tags } from '../../contract/index.ts';
import { readConfig } from '../config/config.ts';
import { closeServer } from '../http/server.ts';
import { endingSignal } from '../start/ending-signal.ts';
import { collect, wholeNumber } from './given.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

interface Options {
  readonly port: string;
  readonly seed: string;
  readonly latency?: string;
  readonly fail?: string;
  readonly stateful?: true;
  readonly origin?: readonly string[];
  readonly json?: true;
}

export function mockCommand(terminal: Terminal): Command {
  return new Command('mock')
    .description(
      'Serves the contract with example data, for those who build on it: no database, nothing real. See docs/mock.md.',
    )
    .option('--port <port>', 'where it listens, on 127.0.0.1 alone; 0 takes any', '4010')
    .option('--seed <number>', 'other data; the same number makes the same', '0')
    .option('--latency <ms>', 'how long every answer takes, in milliseconds')
    .option('--fail <share>', 'how many calls fail with 500 or 503, as 5%')
    .option('--stateful', 'keeps what is created, changed and removed, until it ends')
    .option(
      '--origin <origin>',
      'a page that may call it, besides those of usual dev servers; more than once',
      collect,
    )
    .option('--json', 'say where it is, and what was asked, as lines of JSON')
    .action((options: Options) => serveMock(terminal, options));
}

async function serveMock(terminal: Terminal, options: Options): Promise<void> {
  const { port, seed, latency, fail, stateful = false, origin = [], json } = options;
  const wanted = {
    port: wholeNumber('--port', port) || (await freePort()),
    seed: wholeNumber('--seed', seed) ?? 0,
    latencyMs: wholeNumber('--latency', latency) ?? 0,
    failures: shareOf(fail),
    isStateful: stateful,
  };
  using ending = endingSignal();
  // Only this command plays the service, and only here is the document made.
  const { createMock } = await import('../mock/mock.ts');
  const { meanings } = await import('../mock/callers.ts');
  const { openApiDocument } = await import('../../contract/document/openapi.ts');
  const { Event } = await import('../../contract/events/event.ts');
  const document = await openApiDocument(contract, tags, Event);
  const config = mockConfig(wanted.port, origin);
  const server = createMock({ contract, tags, document, config, ...wanted });
  server.on('request', ({ method, url }, res) => {
    res.once('close', () => {
      const { statusCode: status } = res;
      terminal.out(json ? JSON.stringify({ status, method, url }) : `${status} ${method} ${url}`);
    });
  });
  server.listen(wanted.port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const todo = error.code === 'EADDRINUSE' ? ' Choose another one with --port.' : '';
    throw new CommandFailure(`The mock cannot listen on port ${port}: ${error.message}.${todo}`);
  });
  const url = `http://localhost:${wanted.port}`;
  if (json) terminal.out(JSON.stringify({ ok: true, url, credentials: meanings }));
  else for (const line of greeting(url, meanings)) terminal.out(line);
  if (!ending.signal.aborted) await once(ending.signal, 'abort');
  server.closeAllConnections();
  await closeServer(server);
}

/** Known before there is a mock: it tells its own address in links of answers and of its document. */
async function freePort(): Promise<number> {
  const asking = createServer().listen(0, '127.0.0.1');
  await once(asking, 'listening');
  const { port } = asking.address() as AddressInfo;
  asking.close();
  await once(asking, 'close');
  return port;
}

function greeting(url: string, meanings: Readonly<Record<string, string>>): string[] {
  const who = Object.entries(meanings).map(([name, means]) => `  ${name.padEnd(18)} ${means}`);
  return [
    `The mock is at ${url}, its documentation at ${url}/docs. Nothing of it is real.`,
    'Send one of these as `Authorization: Bearer …`, or sign in with any password:',
    ...who,
    'Ask for an answer with `Prefer: code=409`, or `Prefer: code=email_taken`. Ctrl-C ends it.',
  ];
}

function shareOf(text = '0%'): number {
  const percent = Number(/^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text)?.[1]);
  if (percent >= 0 && percent <= 100) return percent / 100;
  throw new CommandFailure('--fail takes a share, as 5%.');
}

/** Where frontends usually run while somebody works on them. */
const usualPorts = [3000, 3001, 4173, 4200, 5173, 5174, 8000, 8080];
const usualOrigins = usualPorts.flatMap((port) => [
  `http://localhost:${port}`,
  `http://127.0.0.1:${port}`,
]);

/** Whatever the environment says: a mock is of no deployment. Nothing that it names is ever opened. */
export function mockConfig(port: number, origins: readonly string[] = []) {
  const many = '1000000';
  return readConfig(
    {},
    {
      PORT: String(port),
      CORS_ORIGINS: [...usualOrigins, ...origins].join(','),
      // There are no mails, and so no pages of theirs.
      FRONTEND_URL: 'http://localhost:3000',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      SECRET_KEYS: Buffer.alloc(32).toString('base64'),
      RATE_LIMIT_PER_MINUTE: many,
      RATE_LIMIT_CREDENTIALS_PER_MINUTE: many,
      RATE_LIMIT_WRITE_PER_MINUTE: many,
      RATE_LIMIT_READ_PER_MINUTE: many,
    },
  );
}
