import { type Workload, workloadsOver } from '../load/workloads.ts';
import { LoadGenerator } from '../measure/load.ts';
import { startServer, writeWorld } from '../measure/peers.ts';
import type { Server } from '../measure/server.ts';
import { median, rounded } from '../measure/statistics.ts';
import { startProgress } from '../report/progress.ts';
import type { Soak } from '../report/results.ts';
import type { Credentials } from '../world/credentials.ts';

interface Sample {
  readonly requests: number;
  readonly rssMb: number;
}

const batch = 10_000;
/** Above this the second half has grown; below it, the collector moves pages to and fro. */
const flatWithinShare = 0.05;

/** So many requests, W1 to W4 in turn, on one server; its memory after every batch. */
export async function soak(requests: number, ids: readonly string[], credentials: Credentials) {
  const { world } = credentials;
  const mixed = workloadsOver(ids, credentials).slice(0, 4);
  const env = { BENCH_WORLD: writeWorld(world) };
  const server = await startServer('peers/charter/server.ts', world.databaseUrl, env);
  const load = new LoadGenerator();
  try {
    for (const { name, requests: prepared } of mixed) load.prepare(name, prepared);
    const samples = await sampled(requests, mixed, load, server);
    return verdictOf(samples, server.memory()?.peakMb ?? Number.NaN);
  } finally {
    load.stop();
    await server.stop();
  }
}

async function sampled(
  requests: number,
  workloads: readonly Workload[],
  load: LoadGenerator,
  server: Server,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const batches = Math.max(4, Math.ceil(requests / batch));
  const bar = startProgress(batches, `Soaking with ${requests} requests`);
  for (let index = 0; index < batches; index += 1) {
    const { name, status } = workloads[index % workloads.length] as Workload;
    await load.run({ name, status, ports: [server.port], count: batch });
    samples.push({ requests: (index + 1) * batch, rssMb: server.memory()?.rssMb ?? Number.NaN });
    bar.step(`${Math.floor((index * 10) / batches)}0 %, ${samples.at(-1)?.rssMb.toFixed(0)} MB`);
  }
  bar.stop('Soaked');
  return samples;
}

/** Flat: the last quarter holds no more than the second one, but for a little. */
function verdictOf(samples: readonly Sample[], peakMb: number): Soak {
  const quarter = Math.floor(samples.length / 4);
  const of = (part: readonly Sample[]) => median(part.map(({ rssMb }) => rssMb));
  const early = of(samples.slice(quarter, 2 * quarter));
  const late = of(samples.slice(-quarter));
  return {
    requests: samples.at(-1)?.requests ?? 0,
    peakMb: rounded(peakMb, 0),
    secondQuarterMb: rounded(early, 1),
    lastQuarterMb: rounded(late, 1),
    mbPerMillionRequests: rounded(slopeOf(samples.slice(quarter)) * 1e6, 1),
    isFlat: late <= early * (1 + flatWithinShare),
    samples: samples.map(({ requests, rssMb }) => [requests, rounded(rssMb, 1)] as const),
  };
}

/** Least squares: MB per request. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map(({ requests }) => requests));
  const y = mean(samples.map(({ rssMb }) => rssMb));
  const covariance = mean(samples.map((sample) => (sample.requests - x) * (sample.rssMb - y)));
  return covariance / mean(samples.map(({ requests }) => (requests - x) ** 2));
}
