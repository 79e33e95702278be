import type { Spot } from './change.ts';
import { bySide, type Comparison } from './comparison.ts';
import type { Bound, Measure, Shape } from './shape.ts';

const tighter = bySide('input-bound-tightened', 'answer-bound-tightened');
const looser = bySide('input-bound-loosened', 'answer-bound-loosened');

const words: Readonly<Record<Measure, string>> = {
  value: 'the number',
  length: 'the length',
  items: 'the number of items',
  fields: 'the number of fields',
  bytes: 'the size in bytes',
};

const measures = Object.keys(words) as Measure[];

export function compareBounds(
  { report }: Comparison,
  before: Shape,
  after: Shape,
  spot: Spot,
): void {
  // Where values are listed, they say it.
  if (before.values && after.values) return;
  const tell = (order: number, what: string) => {
    if (order !== 0) report.add((order > 0 ? tighter : looser)[spot.side], spot, what);
  };
  for (const measure of measures) {
    const [a, b] = [leastOf(before, measure), leastOf(after, measure)];
    tell(compared(a, b, 1), `The least of ${words[measure]}: ${said(a)} → ${said(b)}.`);
    const [c, d] = [mostOf(before, measure), mostOf(after, measure)];
    tell(compared(c, d, -1), `The most of ${words[measure]}: ${said(c)} → ${said(d)}.`);
  }
  tell(Number(after.isUnique) - Number(before.isUnique), 'Whether items may be the same changed.');
  const [from, to] = [before.multipleOf, after.multipleOf];
  tell(stepsCompared(from, to), `A multiple of ${from ?? 'anything'} → of ${to ?? 'anything'}.`);
}

const none: Record<'least' | 'most', Bound> = {
  least: { at: -Infinity, isExclusive: false },
  most: { at: Infinity, isExclusive: false },
};

function leastOf(shape: Shape, measure: Measure): Bound {
  const bound = shape.least[measure] ?? none.least;
  // Nothing is shorter than nothing.
  if (measure !== 'value') return { ...bound, at: Math.max(bound.at, 0) };
  return isWhole(shape, bound) ? { at: bound.at + 1, isExclusive: false } : bound;
}

function mostOf(shape: Shape, measure: Measure): Bound {
  const bound = shape.most[measure] ?? none.most;
  return isWhole(shape, bound) ? { at: bound.at - 1, isExclusive: false } : bound;
}

/** More than 0 and at least 1 are the same of integers. */
function isWhole({ types }: Shape, { at, isExclusive }: Bound): boolean {
  return isExclusive && Number.isInteger(at) && types?.has('integer') === true;
}

/** 1 where it is tighter than before, -1 where it is looser. */
function compared(from: Bound, to: Bound, inwards: 1 | -1): number {
  if (from.at !== to.at) return to.at > from.at ? inwards : -inwards;
  return Number(to.isExclusive) - Number(from.isExclusive);
}

function stepsCompared(from: number | undefined, to: number | undefined): number {
  if (from === to) return 0;
  if (from === undefined) return 1;
  if (to === undefined) return -1;
  // By rounding: 0.1 is a multiple of 0.01, and has a rest in binary.
  const times = from / to;
  return Math.abs(times - Math.round(times)) < 1e-9 ? -1 : 1;
}

function said({ at, isExclusive }: Bound): string {
  if (!Number.isFinite(at)) return 'none';
  return isExclusive ? `beyond ${at}` : String(at);
}
