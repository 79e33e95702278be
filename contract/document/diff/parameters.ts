import type { Json } from '../../kit/json.ts';
import { partOf, type Side, type Spot } from './change.ts';
import type { Comparison } from './comparison.ts';
import { compareProse } from './prose.ts';
import { listIn, objectIn, type Source, shown, textIn } from './source.ts';

/** The parameters of an operation, with those of its address. */
export function parametersOf(source: Source, item: Json, operation: Json): readonly Json[] {
  const found = new Map<string, Json>();
  for (const parameter of [...listIn(item.parameters), ...listIn(operation.parameters)]) {
    const known = source.object(parameter);
    found.set(keyOf(known), known);
  }
  return [...found.values()];
}

/** Headers are the same however they are written. */
function keyOf({ in: place, name }: Json): string {
  return place === 'header'
    ? `header ${String(name).toLowerCase()}`
    : `${shown(place)} ${shown(name)}`;
}

/** @param before with the names in its address, by whose place parameters are found again. */
export function compareParameters(
  comparison: Comparison,
  before: { readonly parameters: readonly Json[]; readonly names: readonly string[] },
  after: { readonly parameters: readonly Json[]; readonly names: readonly string[] },
  spot: Spot,
): void {
  const { report } = comparison;
  const place = (parameter: Json) =>
    partOf(spot, `${shown(parameter.in)} parameter ${shown(parameter.name)}`, spot.side);
  const now = new Map(after.parameters.map((parameter) => [keyOf(parameter), parameter]));
  for (const old of before.parameters) {
    const key = renamed(old, before.names, after.names);
    const same = now.get(key);
    now.delete(key);
    if (key !== keyOf(old)) {
      report.add('parameter-renamed', place(old), `\`${shown(old.name)}\` → \`${key.slice(5)}\`.`);
    }
    if (same) compareParameter(comparison, old, same, place(old));
    else if (old.in !== 'path') report.add(gone(spot.side), place(old), 'It is gone.');
  }
  for (const parameter of now.values()) {
    // One in the address is another address.
    if (parameter.in !== 'path') added(comparison, parameter, place(parameter));
  }
}

function renamed(parameter: Json, before: readonly string[], after: readonly string[]): string {
  if (parameter.in !== 'path') return keyOf(parameter);
  const at = before.indexOf(String(parameter.name));
  return `path ${after[at] ?? shown(parameter.name)}`;
}

function gone(side: Side) {
  return side === 'input' ? 'parameter-removed' : 'header-removed';
}

function added({ report }: Comparison, parameter: Json, spot: Spot): void {
  if (spot.side !== 'input') report.add('header-added', spot, 'It is new.');
  else if (parameter.required !== true) report.add('parameter-added', spot, 'It is new.');
  else report.add('parameter-added-required', spot, 'It is new, and must be sent.');
}

function compareParameter(comparison: Comparison, before: Json, after: Json, spot: Spot): void {
  const { report } = comparison;
  compareProse(comparison, before, after, spot);
  const [was, is] = [before.required === true, after.required === true];
  if (!was && is) {
    const rule = spot.side === 'input' ? 'parameter-became-required' : 'header-became-required';
    report.add(rule, spot, 'It is required now.');
  } else if (was && !is && before.in !== 'path') {
    const rule = spot.side === 'input' ? 'parameter-became-optional' : 'header-became-optional';
    report.add(rule, spot, 'It may be left out now.');
  }
  if (before.deprecated !== true && after.deprecated === true) {
    report.add('field-deprecated', spot, 'It is deprecated now.');
  } else if (before.deprecated === true && after.deprecated !== true) {
    report.add('field-undeprecated', spot, 'It is not deprecated any more.');
  }
  const [old, now] = [writtenAs(comparison.before, before), writtenAs(comparison.after, after)];
  if (old.style !== now.style) {
    report.add('parameter-style-changed', spot, `\`${old.style}\` → \`${now.style}\`.`);
  } else comparison.schemas(old.schema, now.schema, spot);
}

/** How a value is put into the request. Of a plain value it does not matter whether it explodes. */
function writtenAs(source: Source, parameter: Json): { style: string; schema: unknown } {
  const [[type, media] = []] = Object.entries(objectIn(parameter.content));
  if (type !== undefined) return { style: type, schema: objectIn(media).schema ?? {} };
  const schema = parameter.schema ?? {};
  const usual = ['query', 'cookie'].includes(String(parameter.in)) ? 'form' : 'simple';
  const style = textIn(parameter.style) ?? usual;
  const { type: kind } = source.object(schema);
  const isPlain = ![kind].flat().some((one) => one === 'array' || one === 'object');
  const explode = parameter.explode ?? style === 'form';
  const raw = parameter.allowReserved === true ? ' raw' : '';
  const parts = isPlain ? '' : ` ${explode === true ? 'exploded' : 'joined'}`;
  return { style: `${style}${parts}${raw}`, schema };
}
