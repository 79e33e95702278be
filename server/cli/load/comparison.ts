import type { StoredRun } from './run-file.ts';

/** One figure of two runs. */
export interface Compared {
  readonly name: string;
  readonly unit: 'ms' | 'share';
  readonly before: number;
  readonly now: number;
  /** `now` by `before`; null where that was nothing. */
  readonly ratio: number | null;
}

export interface Comparison {
  readonly startedAt: string;
  /** What differs in what was asked for: then the ratios tell of that as well. */
  readonly differences: readonly string[];
  readonly figures: readonly Compared[];
}

const asked = [
  ...(['url', 'scenario', 'rate', 'seconds', 'warmUpSeconds', 'isEven'] as const),
  ...(['connections', 'callers', 'timeoutSeconds'] as const),
] as const;
const latencies = ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;

export function comparisonOf(run: StoredRun, before: StoredRun): Comparison {
  const differences = asked
    .filter((name) => run[name] !== before[name])
    .map((name) => `${name} ${before[name]} → ${run[name]}`);
  const figures = latencies.flatMap((name) => {
    const [then, now] = [before.latency?.[name], run.latency?.[name]];
    return then === undefined || now === undefined
      ? []
      : [compared(name === 'p999' ? 'p99.9' : name, 'ms', then, now)];
  });
  const shares = (['limited', 'failed'] as const).map((name) =>
    compared(name, 'share', shareIn(before, name), shareIn(run, name)),
  );
  return { startedAt: before.startedAt, differences, figures: [...figures, ...shares] };
}

function compared(name: string, unit: Compared['unit'], before: number, now: number): Compared {
  return { name, unit, before, now, ratio: before === 0 ? null : now / before };
}

function shareIn(run: StoredRun, name: 'limited' | 'failed'): number {
  return run.due === 0 ? 0 : run[name] / run.due;
}
