import { randomUUIDv7 } from 'node:crypto';
import { get } from '../load/requests.ts';
import { LoadGenerator } from '../measure/load.ts';
import { startServer, writeWorld } from '../measure/peers.ts';
import type { Server } from '../measure/server.ts';
import { median, rounded } from '../measure/statistics.ts';
import { lastPaths } from '../peers/routes/count.ts';
import type { World } from '../peers/world.ts';
import { startProgress } from '../report/progress.ts';

const grown = [
  { name: 'fastify', file: 'peers/routes/fastify.ts' },
  { name: 'tsrest', file: 'peers/routes/ts-rest.ts' },
  { name: 'charter', file: 'peers/routes/charter.ts' },
];

interface Grown {
  readonly name: string;
  readonly count: number;
  readonly server: Server;
  readonly rounds: number[];
}

/** CPU µs per request by the number of endpoints; the ones registered last are asked for. */
export async function growth(counts: readonly number[], rounds: number, world: World) {
  const load = new LoadGenerator();
  const servers: Grown[] = [];
  try {
    for (const count of counts) {
      const paths = lastPaths(count).map((path) => path.replace(':id', randomUUIDv7()));
      load.prepare(
        `routes ${count}`,
        paths.map((path) => get(path)),
      );
      servers.push(...(await startAll(count, world)));
    }
    const bar = startProgress(servers.length * (rounds + 1), 'Growing');
    for (let round = 0; round <= rounds; round += 1) {
      for (const grown of servers) {
        const micros = await measure(load, grown);
        // The first round warms up.
        if (round > 0) grown.rounds.push(micros);
        bar.step(`${round} of ${rounds}`);
      }
    }
    bar.stop('Grown');
    return tableOf(servers);
  } finally {
    load.stop();
    await Promise.all(servers.map(({ server }) => server.stop()));
  }
}

async function startAll(count: number, world: World): Promise<Grown[]> {
  const env = { BENCH_ROUTES: String(count), BENCH_WORLD: writeWorld(world) };
  const started: Grown[] = [];
  for (const { name, file } of grown) {
    const server = await startServer(file, world.databaseUrl, env);
    started.push({ name, count, server, rounds: [] });
  }
  return started;
}

async function measure(load: LoadGenerator, { server, count }: Grown): Promise<number> {
  const order = { name: `routes ${count}`, ports: [server.port], status: 200, seconds: 1 };
  const { cpu, done } = await server.cpuTimeOf(() => load.run(order));
  return cpu.totalUs / done.count;
}

/** Per peer: µs by count, and the growth from the smallest to the largest. */
function tableOf(servers: readonly Grown[]): Record<string, Record<string, number>> {
  const byPeer = Object.groupBy(servers, ({ name }) => name);
  return Object.fromEntries(
    Object.entries(byPeer).map(([name, group = []]) => {
      const micros = group.map(({ count, rounds }) => [String(count), median(rounds)] as const);
      const [first = 0, last = 0] = [micros[0]?.[1], micros.at(-1)?.[1]];
      const cells = micros.map(([count, value]) => [count, rounded(value, 1)]);
      return [name, { ...Object.fromEntries(cells), growth: rounded(last / first, 2) }];
    }),
  );
}
