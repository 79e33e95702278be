import type { Side, Spot } from './change.ts';
import { bySide, type Comparison, listed } from './comparison.ts';
import { accepts } from './merge-shapes.ts';
import type { RuleName } from './rules.ts';
import type { Shape } from './shape.ts';
import { canonical } from './source.ts';

type Compare = (comparison: Comparison, before: Shape, after: Shape, spot: Spot) => void;

const lessTypes = bySide('input-type-changed', 'answer-type-narrowed');
const moreTypes = bySide('input-type-widened', 'answer-type-widened');

/** Answers whether they have enough in common to go on. */
export function compareTypes(
  { report }: Comparison,
  { types: before }: Shape,
  { types: after }: Shape,
  spot: Spot,
): boolean {
  if (before && after) compareNull({ report }, before, after, spot);
  const lost = typesLost(before, after);
  const gained = typesLost(after, before);
  const what = `${said(before)} → ${said(after)}.`;
  if (lost && (spot.side === 'input' || !gained)) report.add(lessTypes[spot.side], spot, what);
  else if (gained) report.add(moreTypes[spot.side], spot, what);
  return !(lost && gained);
}

const lessNull = bySide('input-null-refused', 'answer-null-removed');
const moreNull = bySide('input-null-allowed', 'answer-null-added');

function compareNull(
  { report }: Pick<Comparison, 'report'>,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  spot: Spot,
): void {
  if (before.has('null') === after.has('null')) return;
  if (after.has('null')) report.add(moreNull[spot.side], spot, 'It may be null now.');
  else report.add(lessNull[spot.side], spot, 'It may not be null any more.');
}

function typesLost(from: Shape['types'], to: Shape['types']): boolean {
  if (to === undefined) return false;
  if (from === undefined) return true;
  return [...from].some((type) => type !== 'null' && !accepts(to, type));
}

function said(types: Shape['types']): string {
  if (!types) return 'anything';
  return types.size > 0 ? listed([...types].sort()) : 'nothing';
}

export const compareListed: Compare = ({ report }, before, after, spot) => {
  const [lost, gained] = [valuesLost(before, after), valuesLost(after, before)];
  if (lost) {
    const what = before.values ? `Gone: ${lost}.` : `Only ${listed(after.values ?? [])} now.`;
    report.add(bySide('input-values-removed', 'answer-values-removed')[spot.side], spot, what);
  }
  if (gained) {
    const what = after.values ? `New: ${gained}.` : 'Any value, where some were listed.';
    report.add(moreValues(spot.side, before), spot, what);
  }
};

function valuesLost({ values: from }: Shape, { values: to }: Shape): string | undefined {
  if (!to) return undefined;
  if (!from) return 'others';
  const kept = new Set(to.map(canonical));
  // Null is told of by the types.
  const lost = from.filter((value) => value !== null && !kept.has(canonical(value)));
  return lost.length > 0 ? listed(lost) : undefined;
}

function moreValues(side: Side, before: Shape): RuleName {
  if (side === 'input') return 'input-values-added';
  if (before.mayGrow) return 'answer-values-grown';
  return side === 'refusal' ? 'refusal-values-added' : 'answer-values-added';
}

export const comparePattern: Compare = ({ report }, before, after, spot) => {
  const [from, to] = [[...before.patterns].sort(), [...after.patterns].sort()];
  if (canonical(from) === canonical(to)) return;
  if (from.length === 0) {
    const rule = bySide('input-pattern-added', 'answer-pattern-added')[spot.side];
    report.add(rule, spot, `It must fit ${listed(to)}.`);
  } else if (to.length === 0) {
    const rule = bySide('input-pattern-removed', 'answer-pattern-changed')[spot.side];
    report.add(rule, spot, `It need not fit ${listed(from)} any more.`);
  } else {
    const rule = bySide('input-pattern-changed', 'answer-pattern-changed')[spot.side];
    report.add(rule, spot, `${listed(from)} → ${listed(to)}.`);
  }
};

/** Numbers of these formats fit into those further right. */
const widths = [
  ['int32', 'int64'],
  ['float', 'double'],
];
const tighter = bySide('input-bound-tightened', 'answer-bound-tightened');
const looser = bySide('input-bound-loosened', 'answer-bound-loosened');

export const compareFormat: Compare = ({ report }, before, after, spot) => {
  const [from, to] = [before.format, after.format];
  if (from === to) return;
  if (from === undefined) {
    const rule = bySide('input-format-added', 'answer-format-added')[spot.side];
    report.add(rule, spot, `It is \`${to}\` now.`);
  } else if (to === undefined) {
    const rule = bySide('input-format-removed', 'answer-format-removed')[spot.side];
    report.add(rule, spot, `It is not said to be \`${from}\` any more.`);
  } else if (widths.some((all) => all.includes(from) && all.includes(to))) {
    const rule = (to === 'int64' || to === 'double' ? looser : tighter)[spot.side];
    report.add(rule, spot, `\`${from}\` → \`${to}\`.`);
  } else {
    const rule = bySide('input-format-changed', 'answer-format-changed')[spot.side];
    report.add(rule, spot, `\`${from}\` → \`${to}\`.`);
  }
};

/** Of what is left out; an answer leaves nothing to be filled in. */
export const compareDefault: Compare = ({ report }, before, after, spot) => {
  const [from, to] = [before.default, after.default];
  if (spot.side !== 'input' || canonical([from]) === canonical([to])) return;
  if (from === undefined) report.add('input-default-added', spot, `It is ${listed([to])}.`);
  else if (to === undefined) report.add('input-default-removed', spot, `It was ${listed([from])}.`);
  else report.add('input-default-changed', spot, `${listed([from])} → ${listed([to])}.`);
};
