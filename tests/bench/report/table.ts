import { peers } from '../measure/peers.ts';
import type { Cell, Results } from './results.ts';

const rows = [
  ...peers.map(({ name, label }) => [name, label] as const),
  ['charterWarm', 'Charter, callers known'] as const,
];

/** Peers down, workloads across: CPU µs per request, and the ratio to raw. */
function cellsByPeer({ workloads }: Results): { names: string[]; lines: string[][] } {
  const names = Object.keys(workloads);
  const lines = rows
    .filter(([name]) => names.some((workload) => workloads[workload]?.[name]))
    .map(([name, label]) => [
      label,
      ...names.map((workload) => shown(workloads[workload]?.[name])),
    ]);
  return { names, lines };
}

function shown(cell: Cell | undefined): string {
  if (!cell) return '–';
  const micros = cell.cpuUs < 10 ? cell.cpuUs.toFixed(1) : cell.cpuUs.toFixed(0);
  return cell.ratio === undefined ? micros : `${micros} (${shownRatio(cell.ratio)})`;
}

/** As the table of this field writes it: .72, 1.39. */
export function shownRatio(ratio: number): string {
  return ratio.toFixed(2).replace(/^0/, '');
}

export function textTable(results: Results): string {
  const { names, lines } = cellsByPeer(results);
  const all = [['CPU µs per request (ratio)', ...names], ...lines];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((line) => (line[column] ?? '').length)),
  );
  return all
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

export function markdownTable(results: Results): string {
  const { names, lines } = cellsByPeer(results);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const body = lines.map(([label = '', ...cells]) =>
    row(
      label.startsWith('Charter')
        ? [label, ...cells].map((cell) => `**${cell}**`)
        : [label, ...cells],
    ),
  );
  return [
    row(['CPU µs per request (ratio)', ...names]),
    row(['---', ...names.map(() => '---:')]),
    ...body,
  ].join('\n');
}
