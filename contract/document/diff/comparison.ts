import type { Report, Side, Spot } from './change.ts';
import type { RuleName } from './rules.ts';
import { type Source, shown } from './source.ts';

/** Two documents that are being compared. */
export interface Comparison {
  readonly before: Source;
  readonly after: Source;
  readonly report: Report;
  /** The day on which it is asked, `2026-12-31`: what has had its last day may go. */
  readonly today: string | undefined;
  /** Two schemas, with all that is in them. */
  schemas(before: unknown, after: unknown, spot: Spot): void;
}

/** The rule for each way that a value may go. */
export type BySide = Readonly<Record<Side, RuleName>>;

export function bySide(input: RuleName, output: RuleName, refusal = output): BySide {
  return { input, output, refusal };
}

/** `a`, `b`: as people read them, and not all of a long list. */
export function listed(values: readonly unknown[]): string {
  const first = values.slice(0, 5).map((value) => `\`${shown(value)}\``);
  const more = values.length - first.length;
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ');
}
