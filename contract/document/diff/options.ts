import type { Spot } from './change.ts';
import { bySide, type Comparison, listed } from './comparison.ts';
import { accepts } from './merge-shapes.ts';
import { shapeOf } from './read-shape.ts';
import type { Shape } from './shape.ts';
import { canonical } from './source.ts';
import { spreadOut } from './spread.ts';
import type { Option, Variants } from './variants.ts';

const lost = bySide('input-variant-removed', 'answer-variant-removed');
const gained = bySide('input-variant-added', 'answer-variant-added', 'refusal-variant-added');
const lessNull = bySide('input-null-refused', 'answer-null-removed');
const moreNull = bySide('input-null-allowed', 'answer-null-added');

/** Several shapes, whatever their order. */
export function compareVariants(
  comparison: Comparison,
  before: Variants,
  after: Variants,
  spot: Spot,
): void {
  const { report } = comparison;
  if (before.hasNull && !after.hasNull) {
    report.add(lessNull[spot.side], spot, 'It may not be null any more.');
  }
  if (after.hasNull && !before.hasNull)
    report.add(moreNull[spot.side], spot, 'It may be null now.');
  compareDiscriminator(comparison, before, after, spot);
  const { pairs, onlyBefore, onlyAfter } = paired(comparison, before.options, after.options);
  const isSingle = before.options.length === 1 && after.options.length === 1;
  for (const [old, now] of pairs) {
    const name = isSingle ? '' : nameOf(now);
    const at = name === '' ? spot.at : `${spot.at} (${name})`;
    if (before.by === after.by) compareValues(comparison, old, now, { ...spot, at });
    comparison.schemas(old.schema, now.schema, { ...spot, at });
  }
  for (const option of onlyBefore) report.add(lost[spot.side], spot, `Gone: ${nameOf(option)}.`);
  for (const option of onlyAfter) report.add(gained[spot.side], spot, `New: ${nameOf(option)}.`);
}

function nameOf({ names, schema }: Option): string {
  return names[0] ?? `${canonical(schema).slice(0, 60)}`;
}

function compareDiscriminator(
  { report }: Comparison,
  { by: from, options: before }: Variants,
  { by: to, options: after }: Variants,
  spot: Spot,
): void {
  // Where there was one shape, or will be, nothing had to tell them apart.
  if (from === to || before.length < 2 || after.length < 2) return;
  if (from === undefined) report.add('discriminator-added', spot, `\`${to}\` tells them apart.`);
  else if (to === undefined) report.add('discriminator-removed', spot, `It was \`${from}\`.`);
  else report.add('discriminator-changed', spot, `\`${from}\` → \`${to}\`.`);
}

/** By what the discriminator says a shape is known: another word for it is another shape to readers. */
function compareValues({ report }: Comparison, before: Option, after: Option, spot: Spot): void {
  const [from, to] = [before.values, after.values];
  // One that stood alone until now had no need of a word.
  if (from.length === 0 || to.length === 0) return;
  const gone = from.filter((value) => !to.includes(value));
  const more = to.filter((value) => !from.includes(value));
  if (gone.length > 0) report.add(lost[spot.side], spot, `It is not ${listed(gone)} any more.`);
  if (more.length > 0) report.add(gained[spot.side], spot, `It is ${listed(more)} now.`);
}

/** What finds nobody may be several shapes under one name: they are looked for one by one. */
function paired(comparison: Comparison, before: readonly Option[], after: readonly Option[]) {
  const first = matched(comparison, before, after);
  const from = spreadOut(comparison.before, first.onlyBefore, before);
  const to = spreadOut(comparison.after, first.onlyAfter, after);
  const { pairs, ...left } = matched(comparison, from, to);
  return pairs.length > 0 ? { ...left, pairs: [...first.pairs, ...pairs] } : first;
}

/** First what is the same, then what is called the same, then what is most alike. */
function matched(comparison: Comparison, before: readonly Option[], after: readonly Option[]) {
  const onlyBefore = [...before];
  const onlyAfter = [...after];
  const pairs: [Option, Option][] = [];
  const steps = [isSame, isNamesake, (a: Option, b: Option) => areAlike(comparison, a, b)];
  for (const isPair of steps) {
    for (const old of [...onlyBefore]) {
      const now = onlyAfter.find((one) => isPair(old, one));
      if (!now) continue;
      pairs.push([old, now]);
      onlyBefore.splice(onlyBefore.indexOf(old), 1);
      onlyAfter.splice(onlyAfter.indexOf(now), 1);
    }
  }
  return { pairs, onlyBefore, onlyAfter };
}

function isSame(a: Option, b: Option): boolean {
  return canonical(a.schema) === canonical(b.schema);
}

function isNamesake(a: Option, b: Option): boolean {
  return a.names.some((name) => b.names.includes(name));
}

/** Of the same type, and objects with most fields in common. */
function areAlike({ before, after }: Comparison, a: Option, b: Option): boolean {
  // What has a name of its own on both sides is another thing.
  if (a.names.length > 0 && b.names.length > 0) return false;
  const [old, now] = [shapeOf(before, a.schema), shapeOf(after, b.schema)];
  const types = [...(old.types ?? ['object'])];
  if (!types.some((type) => accepts(now.types, type))) return false;
  const names = new Set([...fieldNames(old), ...fieldNames(now)]);
  const shared = fieldNames(old).filter((name) => Object.hasOwn(now.properties, name));
  return shared.length * 2 >= names.size;
}

function fieldNames({ properties }: Shape): string[] {
  return Object.keys(properties);
}
