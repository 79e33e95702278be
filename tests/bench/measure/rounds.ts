import type { Workload } from '../load/workloads.ts';
import type { CpuTime } from './cpu.ts';
import type { LoadGenerator } from './load.ts';
import type { Started } from './peers.ts';
import { median, type Spread, spreadOf } from './statistics.ts';

/** One contestant of a workload; Charter stands twice where caches can help it. */
export interface Entry extends Started {
  /** `charter`, or `charterWarm`. */
  readonly name: string;
  readonly requestsName: string;
}

export interface Figures {
  /** Per request, round by round: what another candidate's are compared with, pair by pair. */
  readonly cpuUsByRound: readonly number[];
  readonly cpuUs: Spread;
  /** The kernel's share of the CPU time, of all rounds together: one holds too few clock ticks. */
  readonly systemShare: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Pace {
  readonly rounds: number;
  readonly roundSeconds: number;
  readonly warmUpSeconds: number;
}

export function paceOf({ quick, rounds }: { quick: boolean; rounds?: number }): Pace {
  return quick
    ? { rounds: rounds ?? 2, roundSeconds: 0.3, warmUpSeconds: 0.3 }
    : { rounds: rounds ?? 7, roundSeconds: 1, warmUpSeconds: 2 };
}

interface Round {
  readonly cpu: CpuTime;
  readonly cpuUs: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A, B, C …, and again: all peers meet the same moods of the machine. */
export async function measureWorkload(
  load: LoadGenerator,
  workload: Workload,
  entries: readonly Entry[],
  pace: Pace,
  onRound: (entry: Entry) => void,
): Promise<Map<string, Figures>> {
  const rounds = new Map(entries.map(({ name }) => [name, [] as Round[]]));
  for (const entry of entries) {
    await measureRound(load, workload, entry, pace.warmUpSeconds);
    onRound(entry);
  }
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const entry of entries) {
      const figures = await measureRound(load, workload, entry, pace.roundSeconds);
      rounds.get(entry.name)?.push(figures);
      onRound(entry);
    }
  }
  return new Map([...rounds].map(([name, measured]) => [name, figuresOf(measured)]));
}

async function measureRound(
  load: LoadGenerator,
  workload: Workload,
  { peer, server, requestsName }: Entry,
  seconds: number,
): Promise<Round> {
  const status = workload.name === 'W7' ? peer.refusal : workload.status;
  const { cpu, done } = await server.cpuTimeOf(() =>
    load.run({ name: requestsName, ports: [server.port], status, seconds }),
  );
  const { count, p50Ms, p99Ms } = done;
  const requestsPerSecond = count / done.seconds;
  return { cpu, cpuUs: cpu.totalUs / count, requestsPerSecond, p50Ms, p99Ms };
}

function figuresOf(rounds: readonly Round[]): Figures {
  const of = (key: Exclude<keyof Round, 'cpu'>) => rounds.map((round) => round[key]);
  return {
    cpuUsByRound: of('cpuUs'),
    cpuUs: spreadOf(of('cpuUs')),
    systemShare: systemShareOf(rounds.map(({ cpu }) => cpu)),
    requestsPerSecond: median(of('requestsPerSecond')),
    p50Ms: median(of('p50Ms')),
    p99Ms: median(of('p99Ms')),
  };
}

function systemShareOf(times: readonly CpuTime[]): number {
  const sum = (key: keyof CpuTime) => times.reduce((total, time) => total + time[key], 0);
  return sum('systemUs') / (sum('systemUs') + sum('userUs'));
}
