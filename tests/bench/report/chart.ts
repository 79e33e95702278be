import { titles } from '../load/workloads.ts';
import { peers } from '../measure/peers.ts';
import { shownRatio } from './comparison.ts';
import type { Results } from './results.ts';

const size = { width: 960, height: 400, left: 48, right: 16, top: 64, bottom: 48 };
const plot = {
  width: size.width - size.left - size.right,
  height: size.height - size.top - size.bottom,
};

// Colours that keep 3:1 on white and on GitHub's dark grey; ours stands out by weight as well.
const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .value { font-size: 10px; text-anchor: middle }
  .middle { text-anchor: middle }
  .end { text-anchor: end }
  .title { font-size: 15px; font-weight: 600 }
  .grid { stroke: #8c959f; stroke-opacity: .35 }
  .limit { stroke: #1f2328; stroke-dasharray: 4 3 }
  .fastify { fill: #8c8f94 } .tsrest { fill: #b08d57 } .nest { fill: #c2607a } .charter { fill: #2f7fd1 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .limit { stroke: #e6edf3 } }`;

/** Bars of ratios, grouped by workload; the dashed line is node:http + pg by hand. */
export function chart(results: Results): string {
  const shown = peers.filter(({ name }) => name !== 'raw');
  const names = Object.keys(results.workloads);
  const most = Math.max(1.1, ...names.flatMap((name) => ratiosOf(results, name)));
  const y = (ratio: number) => size.top + plot.height * (1 - ratio / most);
  const groups = names.map((name, group) => groupOf(results, name, { group, of: names.length, y }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Ratio to node:http and pg by hand, per workload">
<style>${style}
</style>
<text class="title" x="${size.left}" y="22">CPU per request: node:http + pg by hand ÷ candidate. Higher is better.</text>
${legend(shown)}
${grid(most, y)}
${groups.join('\n')}
</svg>
`;
}

function ratiosOf({ workloads }: Results, name: string): number[] {
  return peers.flatMap((peer) => workloads[name]?.[peer.name]?.ratio ?? []);
}

interface Place {
  readonly group: number;
  readonly of: number;
  readonly y: (ratio: number) => number;
}

function groupOf({ workloads }: Results, name: string, { group, of, y }: Place): string {
  const shown = peers.filter((peer) => workloads[name]?.[peer.name]?.ratio !== undefined);
  const width = plot.width / of;
  const bar = (width * 0.84) / Math.max(1, shown.length);
  const left = size.left + group * width + width * 0.08;
  const bars = shown.map((peer, index) => {
    const ratio = workloads[name]?.[peer.name]?.ratio ?? 0;
    const x = left + index * bar;
    const height = y(0) - y(ratio);
    return `<rect class="${peer.name}" x="${pixel(x)}" y="${pixel(y(ratio))}" width="${pixel(bar - 2)}" height="${pixel(height)}"/><text class="value" x="${pixel(x + bar / 2 - 1)}" y="${pixel(y(ratio) - 4)}">${shownRatio(ratio)}</text>`;
  });
  const middle = pixel(left + width * 0.42);
  return `${bars.join('')}<text class="middle" x="${middle}" y="${size.height - 30}">${name}</text><text class="value" x="${middle}" y="${size.height - 14}">${titles[name as keyof typeof titles]}</text>`;
}

function grid(most: number, y: (ratio: number) => number): string {
  const line = (ratio: number) => {
    const kind = ratio === 1 ? 'limit' : 'grid';
    return `<line class="${kind}" x1="${size.left}" x2="${size.width - size.right}" y1="${pixel(y(ratio))}" y2="${pixel(y(ratio))}"/><text class="end" x="${size.left - 8}" y="${pixel(y(ratio) + 4)}">${ratio.toFixed(2)}</text>`;
  };
  const steps = Math.floor(most / 0.25) + 1;
  return Array.from({ length: steps }, (_, step) => line(step / 4)).join('\n');
}

function legend(shown: readonly { name: string; label: string }[]): string {
  return shown
    .map(({ name, label }, index) => {
      const x = size.left + index * 220;
      return `<rect class="${name}" x="${x}" y="34" width="12" height="12"/><text x="${x + 18}" y="44">${label}</text>`;
    })
    .join('');
}

function pixel(value: number): string {
  return value.toFixed(1);
}
