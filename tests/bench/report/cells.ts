import type { Figures } from '../measure/rounds.ts';
import { median, rounded } from '../measure/statistics.ts';

export interface Cell {
  readonly cpuUs: number;
  readonly cpuUsMin: number;
  readonly cpuUsMax: number;
  readonly cpuUsByRound: readonly number[];
  /** Of `cpuUs`, what passed in the process, and in the kernel on its behalf. */
  readonly userUs: number;
  readonly systemUs: number;
  /** The raw server's CPU time by this one's: 1 is what the runtime allows. */
  readonly ratio?: number;
  /** Bare Fastify's CPU time by this one's, of Charter: 1 is as cheap. */
  readonly ratioToFastify?: number;
  /** The CPU time of the checkout that was named by `--against`, by Charter's. */
  readonly ratioToBefore?: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export type WorkloadCells = Record<string, Cell>;

/** The figures of one workload, each beside those that it is compared with. */
export function cellsOf(figures: ReadonlyMap<string, Figures>): WorkloadCells {
  const cells = [...figures].map(([name, of]) => [name, cellOf(name, of, figures)] as const);
  return Object.fromEntries(cells);
}

function cellOf(name: string, of: Figures, all: ReadonlyMap<string, Figures>): Cell {
  const { cpuUs, systemShare } = of;
  const [raw, fastify] = [all.get('raw'), all.get('fastify')];
  const before = all.get(name.replace('charter', 'before'));
  return {
    cpuUs: rounded(cpuUs.median, 1),
    cpuUsMin: rounded(cpuUs.min, 1),
    cpuUsMax: rounded(cpuUs.max, 1),
    cpuUsByRound: of.cpuUsByRound.map((micros) => rounded(micros, 2)),
    userUs: rounded(cpuUs.median * (1 - systemShare), 1),
    systemUs: rounded(cpuUs.median * systemShare, 1),
    ...(raw && name !== 'raw' && { ratio: rounded(raw.cpuUs.median / cpuUs.median, 2) }),
    ...(fastify && name === 'charter' && { ratioToFastify: ratioOf(fastify, of) }),
    ...(before && before !== of && { ratioToBefore: ratioOf(before, of) }),
    requestsPerSecond: Math.round(of.requestsPerSecond),
    p50Ms: rounded(of.p50Ms, 2),
    p99Ms: rounded(of.p99Ms, 2),
  };
}

/**
 * The median of the ratios of each round, not the ratio of the medians: a mood of the machine lasts
 * longer than a round, so it meets both and falls out of their ratio. Of three runs on a machine
 * that was busy this varied less where there is a database (W2 by 24 %, W4 by 16 %), and as much
 * where there is none (W1, W7).
 */
function ratioOf(other: Figures, own: Figures): number {
  const ratios = own.cpuUsByRound.map((micros, round) => (other.cpuUsByRound[round] ?? 0) / micros);
  return rounded(median(ratios), 2);
}
