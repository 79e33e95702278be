import type { Bound, Measure, Shape } from './shape.ts';
import { canonical } from './source.ts';

/** What keeps both. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  return {
    types: mergeTypes(a.types, b.types),
    values: mergeValues(a.values, b.values),
    properties: mergeProperties(a.properties, b.properties),
    required: new Set([...a.required, ...b.required]),
    others: mergeOthers(a.others, b.others),
    items: both(a.items, b.items),
    firstItems: a.firstItems.length > 0 ? a.firstItems : b.firstItems,
    least: mergeBounds(a.least, b.least, (one, other) => one > other),
    most: mergeBounds(a.most, b.most, (one, other) => one < other),
    multipleOf: b.multipleOf ?? a.multipleOf,
    isUnique: a.isUnique || b.isUnique,
    patterns: new Set([...a.patterns, ...b.patterns]),
    format: b.format ?? a.format,
    default: b.default === undefined ? a.default : b.default,
    variants: [...a.variants, ...b.variants],
    heirs: a.heirs ?? b.heirs,
    conditions: [a.conditions, b.conditions].filter((text) => text !== '').join(' '),
    mayGrow: a.mayGrow || b.mayGrow,
  };
}

type Types = Shape['types'];

function mergeTypes(a: Types, b: Types): Types {
  if (!a || !b) return a ?? b;
  const kept = [...a, ...b].filter((type) => accepts(a, type) && accepts(b, type));
  return new Set(kept);
}

/** Whether a value of the type may stand there: an integer is a number, too. */
export function accepts(types: Types, type: string): boolean {
  return types === undefined || types.has(type) || (type === 'integer' && types.has('number'));
}

function mergeValues(a: Shape['values'], b: Shape['values']): Shape['values'] {
  if (!a || !b) return a ?? b;
  const known = new Set(b.map(canonical));
  return a.filter((value) => known.has(canonical(value)));
}

function mergeProperties(a: Shape['properties'], b: Shape['properties']): Shape['properties'] {
  const merged: Record<string, unknown> = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    merged[name] = Object.hasOwn(a, name) ? both(a[name], schema) : schema;
  }
  return merged;
}

function mergeOthers(a: unknown, b: unknown): unknown {
  if (a === false || b === false) return false;
  return a === undefined || a === true ? b : a;
}

function both(a: unknown, b: unknown): unknown {
  if (a === undefined || b === undefined) return a ?? b;
  return { allOf: [a, b] };
}

type Bounds = Shape['least'];

function mergeBounds(a: Bounds, b: Bounds, isTighter: (a: number, b: number) => boolean): Bounds {
  const tighter = (measure: Measure): Bound | undefined => {
    const [one, other] = [a[measure], b[measure]];
    if (!one || !other) return one ?? other;
    if (one.at === other.at) return one.isExclusive ? one : other;
    return isTighter(one.at, other.at) ? one : other;
  };
  return {
    value: tighter('value'),
    length: tighter('length'),
    items: tighter('items'),
    fields: tighter('fields'),
    bytes: tighter('bytes'),
  };
}
