export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The middle of interleaved rounds: a neighbour's burst hits some of them, not their median. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return { median: (low + high) / 2, min: sorted[0] ?? low, max: sorted.at(-1) ?? high };
}

export function median(values: readonly number[]): number {
  return spreadOf(values).median;
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
