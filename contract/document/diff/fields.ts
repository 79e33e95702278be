import { fieldOf, itemOf, type Side, type Spot } from './change.ts';
import { bySide, type Comparison } from './comparison.ts';
import type { Shape } from './shape.ts';
import { isObject, objectIn, type Source } from './source.ts';

/** The fields of an object, and what else it may hold. */
export function compareFields(
  comparison: Comparison,
  before: Shape,
  after: Shape,
  spot: Spot,
): void {
  const [from, to] = [
    fieldsIn(comparison.before, before, spot.side),
    fieldsIn(comparison.after, after, spot.side),
  ];
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const place = fieldOf(spot, name);
    const [old, now] = [from.get(name), to.get(name)];
    if (!now) removed(comparison, after, place);
    else if (!old) added(comparison, now, place, isUnlistedNeed(before, name));
    else {
      compareNeed(comparison, old, now, place);
      compareDeprecation(comparison, old, now, place);
      comparison.schemas(old.schema, now.schema, place);
    }
  }
  compareUnlistedNeeds(comparison, before, after, spot);
  compareOthers(comparison, before, after, spot);
}

/** Required, and described nowhere: it may be anything, and must be there. */
function isUnlistedNeed({ required, properties }: Shape, name: string): boolean {
  return required.has(name) && !Object.hasOwn(properties, name);
}

function compareUnlistedNeeds(
  { report }: Comparison,
  before: Shape,
  after: Shape,
  spot: Spot,
): void {
  for (const name of new Set([...before.required, ...after.required])) {
    if (Object.hasOwn(before.properties, name) || Object.hasOwn(after.properties, name)) continue;
    const [was, is] = [before.required.has(name), after.required.has(name)];
    const place = fieldOf(spot, name);
    if (!was && is) report.add(moreNeed[spot.side], place, 'It is required now.');
    if (was && !is) report.add(lessNeed[spot.side], place, 'It may be missing now.');
  }
}

interface Field {
  readonly schema: unknown;
  readonly isRequired: boolean;
  readonly isDeprecated: boolean;
}

/** Those that go this way: nobody sends what is read only, and nobody gets what is write only. */
function fieldsIn(source: Source, shape: Shape, side: Side): ReadonlyMap<string, Field> {
  const hidden = side === 'input' ? 'readOnly' : 'writeOnly';
  // `false` says that it is never there.
  const possible = Object.entries(shape.properties).filter(([, schema]) => schema !== false);
  const fields = possible.map(([name, schema]) => {
    const told = { ...source.object(schema), ...source.schema(schema) };
    const isRequired = shape.required.has(name);
    const isDeprecated = told.deprecated === true;
    return { name, isHidden: told[hidden] === true, field: { schema, isRequired, isDeprecated } };
  });
  const shown = fields.filter(({ isHidden }) => !isHidden);
  return new Map(shown.map(({ name, field }) => [name, field]));
}

function removed({ report }: Comparison, { others }: Shape, spot: Spot): void {
  const rule = bySide('input-field-removed', 'answer-field-removed')[spot.side];
  const isRefused = spot.side === 'input' && others === false;
  report.add(rule, spot, isRefused ? 'It is refused now.' : 'It is gone.');
}

function added({ report }: Comparison, field: Field, spot: Spot, wasRequired: boolean): void {
  const isNeeded = spot.side === 'input' && field.isRequired && !wasRequired;
  if (isNeeded) report.add('input-field-added-required', spot, 'It is new, and must be sent.');
  else {
    const rule = bySide('input-field-added', 'answer-field-added')[spot.side];
    report.add(rule, spot, field.isRequired ? 'It is new.' : 'It is new, and may be missing.');
  }
}

const moreNeed = bySide('input-field-became-required', 'answer-field-became-required');
const lessNeed = bySide('input-field-became-optional', 'answer-field-became-optional');

function compareNeed({ report }: Comparison, before: Field, after: Field, spot: Spot): void {
  if (before.isRequired === after.isRequired) return;
  if (after.isRequired) report.add(moreNeed[spot.side], spot, 'It is required now.');
  else report.add(lessNeed[spot.side], spot, 'It may be missing now.');
}

function compareDeprecation({ report }: Comparison, before: Field, after: Field, spot: Spot): void {
  if (before.isDeprecated === after.isDeprecated) return;
  if (after.isDeprecated) report.add('field-deprecated', spot, 'It is deprecated now.');
  else report.add('field-undeprecated', spot, 'It is not deprecated any more.');
}

function compareOthers(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  const { report } = comparison;
  const [from, to] = [before.others, after.others];
  const isClosed = { before: from === false, after: to === false };
  if (isClosed.before && isClosed.after) return;
  if (isClosed.after) {
    if (spot.side === 'input') {
      report.add('input-others-refused', spot, 'Fields that are not listed are refused.');
    } else if (isObject(from)) {
      report.add('answer-others-removed', spot, 'It holds nothing but what is listed.');
    }
  } else if (isClosed.before) {
    const rule = bySide('input-others-allowed', 'answer-others-added')[spot.side];
    report.add(rule, spot, 'It may hold more than what is listed.');
  } else if (isObject(from) || isObject(to)) {
    comparison.schemas(objectIn(from), objectIn(to), fieldOf(spot, '*'));
  }
}

/** Lists: the items, and the first ones where each has a schema of its own. */
export function compareItems(
  comparison: Comparison,
  before: Shape,
  after: Shape,
  spot: Spot,
): void {
  const { items: from, firstItems: first } = before;
  const { items: to, firstItems: now } = after;
  const count = Math.max(first.length, now.length);
  for (let at = 0; at < count; at += 1) {
    comparison.schemas(first[at] ?? from ?? {}, now[at] ?? to ?? {}, fieldOf(spot, String(at)));
  }
  if (from !== undefined || to !== undefined) {
    comparison.schemas(from ?? {}, to ?? {}, itemOf(spot));
  }
}
