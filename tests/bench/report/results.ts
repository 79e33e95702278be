import { cpus, totalmem } from 'node:os';
import { hasSchedulerStatistics } from '../measure/cpu.ts';
import { isPinned } from '../measure/pinning.ts';
import type { Figures } from '../measure/rounds.ts';
import type { BenchDatabase } from '../world/database.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgresql: string;
  readonly isEmbeddedDatabase: boolean;
  readonly isPinned: boolean;
  /** Where the CPU figures come from. */
  readonly cpuTime: string;
}

export function describeMachine({ version, isEmbedded }: BenchDatabase): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    postgresql: version,
    isEmbeddedDatabase: isEmbedded,
    isPinned,
    cpuTime: hasSchedulerStatistics ? 'scheduler statistics' : 'process.cpuUsage',
  };
}

export interface Cell {
  readonly cpuUs: number;
  readonly cpuUsMin: number;
  readonly cpuUsMax: number;
  /** The raw server's CPU time by this one's: 1 is what the runtime allows. */
  readonly ratio?: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export type WorkloadCells = Record<string, Cell>;

/** The figures of one workload, each beside the raw server's. */
export function cellsOf(figures: ReadonlyMap<string, Figures>): WorkloadCells {
  const raw = figures.get('raw')?.cpuUs.median;
  return Object.fromEntries(
    [...figures].map(([name, { cpuUs, requestsPerSecond, p50Ms, p99Ms }]) => [
      name,
      {
        cpuUs: rounded(cpuUs.median, 1),
        cpuUsMin: rounded(cpuUs.min, 1),
        cpuUsMax: rounded(cpuUs.max, 1),
        ...(raw && name !== 'raw' && { ratio: rounded(raw / cpuUs.median, 2) }),
        requestsPerSecond: Math.round(requestsPerSecond),
        p50Ms: rounded(p50Ms, 2),
        p99Ms: rounded(p99Ms, 2),
      },
    ]),
  );
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

export interface Storm {
  readonly loginsPerSecond: number;
  /** Argon2id alone, as many at once. */
  readonly bareHashesPerSecond: number;
  readonly shareOfBare: number;
  /** Of the server, the hash and the probe's requests included. */
  readonly cpuMsPerLogin: number;
  readonly quietP99Ms: number;
  readonly stormP99Ms: number;
  readonly p99Growth: number;
}

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly workloads: Record<string, WorkloadCells>;
  readonly memoryPeakMb?: Record<string, number>;
  readonly storm?: Storm;
  readonly startup?: Record<string, number>;
  readonly routes?: Record<string, Record<string, number>>;
  readonly soak?: Soak;
}

export interface Soak {
  readonly requests: number;
  readonly peakMb: number;
  readonly secondQuarterMb: number;
  readonly lastQuarterMb: number;
  readonly mbPerMillionRequests: number;
  readonly isFlat: boolean;
  /** Requests so far, and resident MB. */
  readonly samples: readonly (readonly [number, number])[];
}
