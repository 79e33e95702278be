import type { Compared, Comparison } from './comparison.ts';
import type { Latency, StoredRun } from './run-file.ts';

/** A run as a terminal shows it. */
export function lines(run: StoredRun, comparison: Comparison | undefined): string[] {
  return [
    title(run),
    `${whole(run.due)} were due: ${whole(run.good)} good, ${whole(run.limited)} limited (429), ${whole(run.failed)} failed${answersOf(run)}.`,
    ...(run.latency ? [`From when each was due: ${told(run.latency)}.`] : []),
    ...operationsOf(run),
    ...remarks(run),
    ...(comparison ? comparisonLines(comparison) : []),
  ];
}

export function title(run: StoredRun): string {
  const { scenario, url, rate, seconds, isEndedEarly, callers } = run;
  const who = callers > 0 ? `, ${whole(callers)} ${callers === 1 ? 'caller' : 'callers'}` : '';
  const end = isEndedEarly ? ' (interrupted)' : '';
  return `${scenario} at ${url}: ${rate} requests/s for ${seconds} s${who}${end}`;
}

/** What to know before the figures are believed. */
export function remarks({ limited, due, lateness, latency, scenario }: StoredRun): string[] {
  const late = lateness && lateness.p99 > 5 && latency && lateness.p99 > latency.p50 / 2;
  const setting =
    scenario === 'login-storm'
      ? 'RATE_LIMIT_CREDENTIALS_PER_MINUTE and RATE_LIMIT_PER_MINUTE'
      : 'RATE_LIMIT_PER_MINUTE (by address), RATE_LIMIT_READ_PER_MINUTE and RATE_LIMIT_WRITE_PER_MINUTE (by account)';
  return [
    ...(limited > 0
      ? [
          `${shareOf(limited / due)} were refused with 429: all of this comes from one address. For a measurement raise ${setting} of the service.`,
        ]
      : []),
    ...(late
      ? [
          `The generator itself was late: half by ${shownMs(lateness.p50)}, one in a hundred by ${shownMs(lateness.p99)}. Its machine has too little to spare for this rate, or shares it with the service.`,
        ]
      : []),
  ];
}

function answersOf({ answers, good, due }: StoredRun): string {
  if (good === due) return '';
  const seen = Object.entries(answers).map(([status, times]) => `${whole(times)} × ${status}`);
  return ` (${seen.join(', ')})`;
}

function operationsOf({ operations }: StoredRun): string[] {
  if (operations.length < 2) return [];
  const longest = Math.max(...operations.map(({ operation }) => operation.length));
  return operations.map(({ operation, due, latency }) => {
    const waited = latency ? `p50 ${shownMs(latency.p50)}, p99 ${shownMs(latency.p99)}` : '–';
    return `  ${operation.padEnd(longest)} ${whole(due).padStart(9)}  ${waited}`;
  });
}

export function comparisonLines({ startedAt, differences, figures }: Comparison): string[] {
  const unlike =
    differences.length > 0 ? `, which asked for something else (${differences.join(', ')})` : '';
  return [
    `Compared with the run of ${startedAt}${unlike}:`,
    ...figures.map(({ name, ratio, ...of }) => {
      const [before, now] = [shown(of.unit, of.before), shown(of.unit, of.now)];
      return `  ${name.padEnd(8)} ${before.padStart(9)} → ${now.padStart(9)}  ${shownRatio(ratio)}`;
    }),
  ];
}

export function shown(unit: Compared['unit'], value: number): string {
  return unit === 'ms' ? shownMs(value) : shareOf(value);
}

export function shownRatio(ratio: number | null): string {
  return ratio === null ? '–' : `× ${ratio.toFixed(2)}`;
}

function told({ p50, p90, p99, p999, max }: Latency): string {
  const figures = { p50, p90, p99, 'p99.9': p999, max };
  return Object.entries(figures)
    .map(([name, ms]) => `${name} ${shownMs(ms)}`)
    .join(', ');
}

/** Three digits: 0.42 ms, 3.1 ms, 512 ms, 2.3 s. */
export function shownMs(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(ms >= 10_000 ? 1 : 2)} s`;
  return `${ms.toFixed(ms >= 100 ? 0 : ms >= 10 ? 1 : 2)} ms`;
}

export function shareOf(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toFixed(percent < 1 ? 2 : 1))} %`;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
