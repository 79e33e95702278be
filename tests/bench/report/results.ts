import type { WorkloadCells } from './cells.ts';
import type { Machine } from './machine.ts';
import type { Scale } from './scale.ts';

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
  readonly scale?: Scale;
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
