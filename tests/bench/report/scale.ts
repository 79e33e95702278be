import { rounded } from '../measure/statistics.ts';
import type { Table } from './table.ts';

/** The same service as so many processes, on one workload. */
export interface Scaled {
  readonly processes: number;
  /** Of all processes together, by the clock on the wall. */
  readonly requestsPerSecond: number;
  /** Of the servers; what load and database take of the machine is not in it. */
  readonly cpuUs: number;
  readonly requestsPerCpuSecond: number;
  /** Cores that the servers had, on average. */
  readonly busyCores: number;
  /** More than the first line, as a share of it: by the clock on the wall … */
  readonly adds?: number;
  /** … and if every process had a core to itself, by the CPU time that a request then takes. */
  readonly addsByCpuTime?: number;
}

/** By workload. */
export type Scale = Readonly<Record<string, readonly Scaled[]>>;

type Measured = Pick<Scaled, 'processes' | 'requestsPerSecond' | 'cpuUs' | 'busyCores'>;

/** Each beside the first. */
export function scaledOf(measured: readonly Measured[]): Scaled[] {
  const [first] = measured;
  const carried = ({ processes, cpuUs }: Measured) => processes / cpuUs;
  return measured.map((line) => ({
    processes: line.processes,
    requestsPerSecond: Math.round(line.requestsPerSecond),
    cpuUs: rounded(line.cpuUs, 1),
    requestsPerCpuSecond: Math.round(1e6 / line.cpuUs),
    busyCores: rounded(line.busyCores, 2),
    ...(first &&
      line !== first && {
        adds: rounded(line.requestsPerSecond / first.requestsPerSecond - 1, 2),
        addsByCpuTime: rounded(carried(line) / carried(first) - 1, 2),
      }),
  }));
}

export function scaleTable(scale: Scale): Table {
  const lines = Object.entries(scale).flatMap(([workload, scaled]) =>
    scaled.map((line) => [
      `${workload}, ${line.processes === 1 ? '1 process' : `${line.processes} processes`}`,
      shown(line.requestsPerSecond),
      shown(line.requestsPerSecond / line.processes),
      `${line.busyCores.toFixed(2)} of ${line.processes}`,
      line.cpuUs.toFixed(1),
      shown(line.requestsPerCpuSecond),
      percent(line.adds),
      percent(line.addsByCpuTime),
    ]),
  );
  return [
    [
      'Charter',
      'requests/s',
      'per process',
      'cores had',
      'CPU µs per request',
      'requests per CPU second',
      'adds',
      'adds by CPU time',
    ],
    ...lines,
  ];
}

function shown(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en');
}

function percent(share: number | undefined): string {
  if (share === undefined) return '–';
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(0)} %`;
}

/** What the machine could not give. */
export function scaleCaveat(scale: Scale, cores: number, hasOwnCores: boolean): string {
  const most = Math.max(...Object.values(scale).flatMap((lines) => lines.map(processesOf)));
  if (hasOwnCores) {
    return `Each of ${most} processes had a core, the load generator and PostgreSQL had the other ${cores - most}: where "cores had" is below the number of processes, those two were the limit.`;
  }
  return [
    `${cores} cores for ${most} processes, the load generator, PostgreSQL and whatever else ran: "cores had" is what was left for the servers, so requests per second do not show what another process adds.`,
    'Requests per second of their CPU time show what a core carries, and "adds by CPU time" what another process would add with a core to itself and a database that keeps up.',
    'A core that is shared costs a request more, because its caches grow cold: both are the least that can be expected.',
  ].join(' ');
}

const processesOf = ({ processes }: Scaled): number => processes;
