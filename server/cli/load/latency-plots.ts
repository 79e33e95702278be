import { html, type Markup } from '../../platform/html.ts';
import { across, grid, logUp, px } from './axes.ts';
import { figure, path, timeAxis } from './figure.ts';
import type { Interval, Latency, StoredRun } from './run-file.ts';
import { shownMs } from './tell.ts';

const lineNames = ['p50', 'p90', 'p99', 'max'] as const;

/** Latency over time, of what was due then. */
export function latencyOverTime(run: StoredRun, before: StoredRun | undefined): Markup {
  const latencies = [run, before].flatMap((one) => one?.intervals ?? []).map((one) => one.latency);
  const worst = Math.max(1, ...latencies.map((one) => one?.max ?? 0));
  const least = Math.min(worst, ...latencies.map((one) => one?.p50 ?? worst));
  const x = timeAxis(run);
  const y = logUp(Math.max(0.01, least), worst, shownTick);
  const line = (of: StoredRun, name: keyof Latency, kind: string) =>
    path(
      kind,
      of.intervals.map((one) => [middleOf(one, of), one.latency?.[name]]),
      x.scale,
      y.scale,
    );
  const { latency } = run;
  return figure(
    {
      id: 'latency',
      title: 'Latency over time',
      summary: latency
        ? `Half were answered within ${shownMs(latency.p50)}, ninety-nine in a hundred within ${shownMs(latency.p99)}; the longest took ${shownMs(latency.max)}.`
        : 'Nothing was answered.',
      legend: [
        ...lineNames.map((name) => [name, name] as const),
        ...(before ? ([['then', 'p50 and p99 before']] as const) : []),
      ],
    },
    html`${grid(x, y, 'seconds from the start; a request stands where it was due')}${
      before ? [line(before, 'p50', 'then'), line(before, 'p99', 'then')] : []
    }${[...lineNames].reverse().map((name) => line(run, name, name))}`,
  );
}

/** How long it took for which share. */
export function latencyByShare(run: StoredRun, before: StoredRun | undefined): Markup {
  const runs = before ? [run, before] : [run];
  const end = Math.max(...runs.map((one) => nines(100, one)));
  const values = runs.flatMap(({ curve }) => curve.map(([, ms]) => ms));
  const x = across(
    0,
    end,
    shareTicks.filter(({ at }) => at <= end + 0.01),
  );
  const y = logUp(Math.max(0.01, Math.min(...values, 1)), Math.max(1, ...values), shownTick);
  const line = (of: StoredRun, kind: string) =>
    path(
      kind,
      of.curve.map(([percentile, ms]) => [nines(percentile, of), ms]),
      x.scale,
      y.scale,
    );
  const dots = run.curve.map(
    ([percentile, ms]) =>
      html`<circle class="dot" cx="${px(x.scale(nines(percentile, run)))}" cy="${px(y.scale(ms))}" r="3"><title>${percentile} %: ${shownMs(ms)}</title></circle>`,
  );
  return figure(
    {
      id: 'percentiles',
      title: 'Latency by percentile',
      summary: run.curve.map(([percentile, ms]) => `${percentile} %: ${shownMs(ms)}`).join(', '),
      legend: [['p50', 'this run'], ...(before ? ([['then', 'before']] as const) : [])],
    },
    html`${grid(x, y, 'share of the requests that were answered within this time')}${
      before ? line(before, 'then') : []
    }${line(run, 'p50')}${dots}`,
  );
}

/** Two for 99 %, three for 99.9 %, and so on; the worst of all stands where one in all of them does. */
function nines(percentile: number, { due }: StoredRun): number {
  const last = Math.log10(Math.max(10, due));
  return percentile >= 100 ? last : Math.min(last, -Math.log10(1 - percentile / 100));
}

const shareTicks = [
  { at: 0, label: '0 %' },
  { at: -Math.log10(0.5), label: '50 %' },
  { at: 1, label: '90 %' },
  { at: 2, label: '99 %' },
  { at: 3, label: '99.9 %' },
  { at: 4, label: '99.99 %' },
  { at: 5, label: '99.999 %' },
];

function middleOf({ atSeconds }: Interval, { intervalSeconds }: StoredRun): number {
  return atSeconds + intervalSeconds / 2;
}

function shownTick(ms: number): string {
  return ms >= 1_000 ? `${ms / 1_000} s` : `${Number(ms.toFixed(2))} ms`;
}
