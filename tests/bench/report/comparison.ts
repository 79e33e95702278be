import { titles, type WorkloadName } from '../load/workloads.ts';
import { peers } from '../measure/peers.ts';
import type { Cell } from './cells.ts';
import type { Results } from './results.ts';
import type { Table } from './table.ts';
import { targets } from './targets.ts';

const rows = [
  ...peers.map(({ name, label }) => [name, label] as const),
  ['charterWarm', 'Charter, callers known'] as const,
  ['before', 'Charter before'] as const,
  ['beforeWarm', 'Charter before, callers known'] as const,
];

/** Peers down, workloads across: CPU µs per request, and how Charter stands to bare Fastify. */
export function costTable(results: Results): Table {
  const ratios = (peer: string, key: 'ratioToFastify' | 'ratioToBefore') =>
    Object.values(results.workloads).map((cells) => cells[peer]?.[key]);
  return [
    ...byPeer('CPU µs per request (ratio)', results, costOf),
    ...comparison('Charter ÷ bare Fastify', ratios('charter', 'ratioToFastify')),
    ...wanted(results),
    ...comparison('Charter ÷ Charter before', ratios('charter', 'ratioToBefore')),
    ...comparison('the same, callers known', ratios('charterWarm', 'ratioToBefore')),
  ];
}

export function splitTable(results: Results): Table {
  const split = ({ userUs, systemUs }: Cell) => `${shownMicros(userUs)} + ${shownMicros(systemUs)}`;
  return byPeer('user + system, µs', results, split);
}

const told: readonly WorkloadName[] = ['W2', 'W5'];

/** What a core of the server carries: the first that a reader asks. */
export function capacityTable(results: Results): Table {
  const names = told.filter((name) => results.workloads[name]);
  if (names.length === 0) return [];
  const carried = ({ cpuUs }: Cell) => Number((1e6 / cpuUs).toPrecision(2)).toLocaleString('en');
  const [[title = ''] = [], ...lines] = byPeer(
    'requests per second per core',
    results,
    carried,
    names,
  );
  return [[title, ...names.map((name) => `${name}: ${titles[name]}`)], ...lines];
}

function byPeer(
  title: string,
  { workloads }: Results,
  shown: (cell: Cell) => string,
  names = Object.keys(workloads),
): Table {
  const cells = (peer: string) => names.map((workload) => workloads[workload]?.[peer]);
  const lines = rows
    .map(([peer, label]) => ({ label, cells: cells(peer) }))
    .filter((row) => row.cells.some(Boolean))
    .map((row) => [row.label, ...row.cells.map((cell) => (cell ? shown(cell) : '–'))]);
  return [[title, ...names], ...lines];
}

function costOf({ cpuUs, ratio }: Cell): string {
  return ratio === undefined ? shownMicros(cpuUs) : `${shownMicros(cpuUs)} (${shownRatio(ratio)})`;
}

function comparison(label: string, ratios: readonly (number | undefined)[]): Table {
  if (ratios.every((ratio) => ratio === undefined)) return [];
  return [[label, ...ratios.map((ratio) => (ratio === undefined ? '–' : shownRatio(ratio)))]];
}

/** What is wanted of Charter ÷ bare Fastify, and whether it is reached. */
function wanted({ workloads }: Results): Table {
  const cells = Object.entries(workloads).map(([name, { charter }]) => {
    const [target, ratio] = [targets[name], charter?.ratioToFastify];
    if (target === undefined || ratio === undefined) return undefined;
    return `${shownRatio(target)} ${ratio >= target ? '✓' : '✗'}`;
  });
  return cells.some(Boolean)
    ? [['wanted at least, reached or not', ...cells.map((cell) => cell ?? '–')]]
    : [];
}

function shownMicros(micros: number): string {
  return micros < 10 ? micros.toFixed(1) : micros.toFixed(0);
}

/** As the table of this field writes it: .72, 1.39. */
export function shownRatio(ratio: number): string {
  return ratio.toFixed(2).replace(/^0/, '');
}
