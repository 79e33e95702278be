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

/** W9: what a page over GraphQL costs, beside a bare server. */
export interface GraphqlPage {
  readonly bareUs: number;
  readonly charterUs: number;
  /** Of callers that Charter remembers. */
  readonly knownUs: number;
  /** Charter's CPU time by the bare server's, round by round: the median. */
  readonly timesBare: number;
  readonly knownTimesBare: number;
}

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly workloads: Record<string, WorkloadCells>;
  readonly memoryPeakMb?: Record<string, number>;
  readonly storm?: Storm;
  readonly graphql?: GraphqlPage;
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
