import type { Report, Side, Spot } from './change.ts';
import type { RuleName } from './rules.ts';
import type { Source } from './source.ts';

/** Two documents that are being compared. */
export interface Comparison {
  readonly before: Source;
  readonly after: Source;
  readonly report: Report;
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
  const shown = values.slice(0, 5).map((value) => `\`${textOf(value)}\``);
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
