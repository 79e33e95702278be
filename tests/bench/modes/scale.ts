import { type Workload, workloadsOver } from '../load/workloads.ts';
import { LoadGenerator } from '../measure/load.ts';
import { startServer, writeWorld } from '../measure/peers.ts';
import type { Pace } from '../measure/rounds.ts';
import type { Server } from '../measure/server.ts';
import { median } from '../measure/statistics.ts';
import { startProgress } from '../report/progress.ts';
import { type Scale, type Scaled, scaledOf } from '../report/scale.ts';
import type { Credentials } from '../world/credentials.ts';

export interface ScaleOrder {
  /** Of processes; the first is what the others are compared with. */
  readonly counts: readonly number[];
  readonly workloads: readonly string[];
  readonly pace: Pace;
}

interface Round {
  readonly requestsPerSecond: number;
  readonly cpuUs: number;
  readonly busyCores: number;
}

/** Of each process: so each does in company what it does alone. */
const connections = 32;

/**
 * Charter as one process and as more, interleaved. They listen on ports of their own, as replicas
 * behind a balancer do, and connections take the ports in turn. Node's cluster would put a process
 * in front of them that hands out connections: Charter has none, and its cost would be on no bill.
 */
export async function scale(
  { counts, workloads: wanted, pace }: ScaleOrder,
  ids: readonly string[],
  credentials: Credentials,
): Promise<Scale> {
  const workloads = workloadsOver(ids, credentials).filter(({ name }) => wanted.includes(name));
  const load = new LoadGenerator();
  const servers: Server[] = [];
  try {
    const { world } = credentials;
    const env = { BENCH_WORLD: writeWorld(world) };
    for (let cpu = 0; cpu < Math.max(...counts); cpu += 1) {
      const server = await startServer('peers/charter/server.ts', world.databaseUrl, env, cpu);
      servers.push(server);
    }
    const bar = startProgress(workloads.length * pace.rounds, 'Scaling');
    const measured: Record<string, readonly Scaled[]> = {};
    for (const workload of workloads) {
      load.prepare(workload.name, workload.requests);
      const onRound = () => bar.step(`${workload.name} ${workload.title}`);
      measured[workload.name] = await measure(load, workload, servers, { counts, pace, onRound });
    }
    bar.stop('Scaled');
    return measured;
  } finally {
    load.stop();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

interface Turns {
  readonly counts: readonly number[];
  readonly pace: Pace;
  readonly onRound: () => void;
}

/** One process, two, and again; the one is the first of the two. */
async function measure(
  load: LoadGenerator,
  workload: Workload,
  servers: readonly Server[],
  { counts, pace, onRound }: Turns,
): Promise<readonly Scaled[]> {
  const turns = counts.map((count) => ({
    servers: servers.slice(0, count),
    rounds: [] as Round[],
  }));
  // Each by itself, so that none is better warmed up than another.
  for (const server of servers) await measureRound(load, workload, [server], pace.warmUpSeconds);
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const turn of turns) {
      turn.rounds.push(await measureRound(load, workload, turn.servers, pace.roundSeconds));
    }
    onRound();
  }
  return scaledOf(
    turns.map((turn) => ({ processes: turn.servers.length, ...medians(turn.rounds) })),
  );
}

async function measureRound(
  load: LoadGenerator,
  { name, status }: Workload,
  servers: readonly Server[],
  seconds: number,
): Promise<Round> {
  const ports = servers.map(({ port }) => port);
  const before = await cpuOf(servers);
  const order = { name, ports, status, seconds, connections: connections * servers.length };
  const outcome = await load.run(order);
  const cpuUs = (await cpuOf(servers)) - before;
  return {
    requestsPerSecond: outcome.count / outcome.seconds,
    cpuUs: cpuUs / outcome.count,
    busyCores: cpuUs / 1e6 / outcome.seconds,
  };
}

async function cpuOf(servers: readonly Server[]): Promise<number> {
  const times = await Promise.all(servers.map((server) => server.cpuTime()));
  return times.reduce((sum, { totalUs }) => sum + totalUs, 0);
}

function medians(rounds: readonly Round[]): Round {
  const of = (key: keyof Round) => median(rounds.map((round) => round[key]));
  return {
    requestsPerSecond: of('requestsPerSecond'),
    cpuUs: of('cpuUs'),
    busyCores: of('busyCores'),
  };
}
