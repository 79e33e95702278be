/** What the coordinator asks of the load generator, and what it answers. */
export interface Prepare {
  readonly kind: 'prepare';
  readonly requests: string[];
  /** Under which name orders refer to them. */
  readonly name: string;
}

export interface Run {
  readonly kind: 'run';
  readonly id: number;
  readonly name: string;
  /** Connections take them in turn. */
  readonly ports: readonly number[];
  readonly connections: number;
  readonly pauseMs: number;
  /** Stops after so long, or after so many. */
  readonly seconds: number;
  readonly count: number;
  readonly status: number;
}

export interface Outcome {
  readonly id: number;
  readonly failure?: string;
  readonly count: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
