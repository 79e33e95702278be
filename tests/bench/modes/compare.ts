import { type Workload, workloadsOver } from '../load/workloads.ts';
import { type Collector, startCollector } from '../measure/collector.ts';
import { LoadGenerator } from '../measure/load.ts';
import {
  compileNest,
  type Peer,
  peerBefore,
  peers,
  type Started,
  startPeer,
  untraced,
  writeWorld,
} from '../measure/peers.ts';
import { type Entry, measureWorkload, type Pace, paceOf } from '../measure/rounds.ts';
import { verifyAnswers } from '../measure/verify.ts';
import { verifyCharterSql } from '../measure/verify-sql.ts';
import type { Options } from '../options.ts';
import { cellsOf, type WorkloadCells } from '../report/cells.ts';
import { startProgress } from '../report/progress.ts';
import type { Credentials } from '../world/credentials.ts';

export interface Comparison {
  readonly workloads: Record<string, WorkloadCells>;
  readonly memoryPeakMb: Record<string, number>;
}

/** All workloads but the storm on every peer, interleaved. */
export async function compare(
  options: Options,
  ids: readonly string[],
  credentials: Credentials,
): Promise<Comparison> {
  const workloads = workloadsOver(ids, credentials).filter(({ name }) =>
    options.workloads.includes(name),
  );
  const collector = options.untraced ? await startCollector() : undefined;
  const wanted = wantedPeers(options, collector);
  if (wanted.some(({ name }) => name === 'nest')) compileNest();
  const servers: Started[] = [];
  const load = new LoadGenerator();
  try {
    const file = writeWorld(credentials.world);
    for (const peer of wanted) servers.push(await startPeer(peer, credentials.world, file));
    await verifyAnswers(servers, workloads);
    const charter = servers.find(({ peer }) => peer.name === 'charter');
    if (charter) await verifyCharterSql(charter, workloads, credentials.world.databaseUrl);
    const measured = await measureAll(load, workloads, servers, paceOf(options));
    return { workloads: measured, memoryPeakMb: peaksOf(servers) };
  } finally {
    load.stop();
    collector?.stop();
    await Promise.all(servers.map(({ server }) => server.stop()));
  }
}

/** What Charter is compared with most closely comes right before it. */
function wantedPeers({ only, against }: Options, collector?: Collector): Peer[] {
  const before = [...(against ? [peerBefore(against)] : []), ...(collector ? [untraced] : [])];
  const env = collector && { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url };
  return peers
    .filter(({ name }) => name === 'raw' || only.includes(name))
    .flatMap((peer) =>
      peer.name === 'charter' ? [...before, { ...peer, ...(env && { env }) }] : [peer],
    );
}

async function measureAll(
  load: LoadGenerator,
  workloads: readonly Workload[],
  servers: readonly Started[],
  pace: Pace,
): Promise<Record<string, WorkloadCells>> {
  const measured: Record<string, WorkloadCells> = {};
  const entries = workloads.map((workload) => entriesOf(load, workload, servers));
  const steps = entries.flat().length * (pace.rounds + 1);
  const bar = startProgress(steps, 'Measuring');
  for (const [index, workload] of workloads.entries()) {
    const message = `${workload.name} ${workload.title}`;
    const figures = await measureWorkload(load, workload, entries[index] ?? [], pace, () =>
      bar.step(message),
    );
    measured[workload.name] = cellsOf(figures);
  }
  bar.stop('Measured');
  return measured;
}

/** Charter once more where a cache can know the caller: its capacity, shown apart. */
function entriesOf(load: LoadGenerator, workload: Workload, servers: readonly Started[]): Entry[] {
  const { name, requests, warm } = workload;
  load.prepare(name, requests);
  const entries = servers.map((started) => ({
    ...started,
    name: started.peer.name,
    requestsName: name,
  }));
  if (!warm) return entries;
  load.prepare(`${name} warm`, warm);
  const known = entries
    .filter((entry) => entry.name === 'charter' || entry.name === 'before')
    .map((entry) => ({ ...entry, name: `${entry.name}Warm`, requestsName: `${name} warm` }));
  return [...entries, ...known];
}

function peaksOf(servers: readonly Started[]): Record<string, number> {
  return Object.fromEntries(
    servers.flatMap(({ peer, server }) => {
      const memory = server.memory();
      return memory ? [[peer.name, Math.round(memory.peakMb)]] : [];
    }),
  );
}
