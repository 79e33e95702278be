import type { Json } from '../../kit/json.ts';
import { partOf, type Spot } from './change.ts';
import { bySide, type Comparison, listed } from './comparison.ts';
import { compareProse } from './prose.ts';
import { canonical, isObject, objectIn, textIn } from './source.ts';

const lost = bySide('input-media-type-removed', 'answer-media-type-removed');
const gained = bySide('input-media-type-added', 'answer-media-type-added');

/** A body, by its media types. Parameters of a type count where they tell two of it apart, as `version=2` does. */
export function compareContent(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  spot: Spot,
): void {
  const { report } = comparison;
  const several = new Set([...severalIn(before), ...severalIn(after)]);
  const [from, to] = [mediaIn(before, several), mediaIn(after, several)];
  const isOne = from.size === 1 && to.size === 1;
  for (const [type, media] of from) {
    const now = coveringIn(to, type);
    if (now === undefined) {
      report.add(lost[spot.side], spot, `\`${type}\` is gone.`);
      continue;
    }
    const place = isOne ? spot : { ...spot, at: `${spot.at} (${type})` };
    compareProse(comparison, media, now, place);
    comparison.schemas(schemaOf(media, type), schemaOf(now, type), place);
    compareEncoding(comparison, media, now, place);
  }
  for (const type of to.keys()) {
    if (coveringIn(from, type) === undefined) {
      report.add(gained[spot.side], spot, `\`${type}\` is new.`);
    }
  }
}

type Media = ReadonlyMap<string, Json>;

function mediaIn(content: unknown, several: ReadonlySet<string>): Media {
  const entries = Object.entries(objectIn(content));
  return new Map(
    entries.map(([type, media]) => {
      const bare = bareOf(type);
      return [several.has(bare) ? withParameters(type) : bare, objectIn(media)];
    }),
  );
}

/** 3.1 says nothing of raw bytes but their media type, where 3.0 says that they are binary. */
function schemaOf({ schema }: Json, type: string): unknown {
  const isText = /^text\/|[/+]json|[/+]xml|^multipart\/|x-www-form-urlencoded|\*/.test(type);
  const isSilent = Object.keys(objectIn(schema)).length === 0 && typeof schema !== 'boolean';
  return isSilent && !isText ? { type: 'string', format: 'binary' } : (schema ?? {});
}

function bareOf(type: string): string {
  return String(type.split(';')[0]).trim().toLowerCase();
}

function withParameters(type: string): string {
  const parts = type.toLowerCase().split(';');
  const kept = parts.map((part) => part.trim()).filter((part) => !part.startsWith('charset='));
  return kept.join('; ');
}

/** Types that a body has with several parameters. */
function severalIn(content: unknown): readonly string[] {
  const types = [...new Set(Object.keys(objectIn(content)).map(withParameters))].map(bareOf);
  return types.filter((type, at) => types.indexOf(type) !== at);
}

/** The same, or a range of types that has it. */
function coveringIn(media: Media, type: string) {
  return media.get(type) ?? media.get(type.replace(/\/.*/, '/*')) ?? media.get('*/*');
}

/** What the parts of a form may be. */
function compareEncoding({ report }: Comparison, before: Json, after: Json, spot: Spot): void {
  const [from, to] = [objectIn(before.encoding), objectIn(after.encoding)];
  for (const part of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, now] = [objectIn(from[part]), objectIn(to[part])];
    const place = partOf(spot, `part ${part}`, spot.side);
    compareTypesOfPart({ report }, typesIn(old.contentType), typesIn(now.contentType), place);
    const [{ contentType: _, ...rest }, { contentType: __, ...more }] = [old, now];
    if (canonical(rest) !== canonical(more)) {
      report.add('parameter-style-changed', place, 'Its encoding changed.');
    }
  }
}

function typesIn(contentType: unknown): readonly string[] | undefined {
  return textIn(contentType)
    ?.split(',')
    .map((type) => type.trim().toLowerCase());
}

function compareTypesOfPart(
  { report }: Pick<Comparison, 'report'>,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  spot: Spot,
): void {
  const gone = after && (before ?? ['others']).filter((type) => !after.includes(type));
  const more = before && (after ?? ['others']).filter((type) => !before.includes(type));
  if (gone?.length) report.add(lost[spot.side], spot, `Gone: ${listed(gone)}.`);
  if (more?.length) report.add(gained[spot.side], spot, `New: ${listed(more)}.`);
}

/** What is sent with a request; of a webhook, what is told. */
export function compareBody(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  spot: Spot,
): void {
  const { report } = comparison;
  const [old, now] = [comparison.before.object(before), comparison.after.object(after)];
  const [was, is] = [isObject(before), isObject(after)];
  const place = partOf(spot, 'request', spot.side);
  const isNeeded = now.required === true;
  if (was && !is) report.add('body-removed', place, 'It is gone.');
  else if (!was && is) {
    report.add(isNeeded ? 'body-added-required' : 'body-added', place, 'It is new.');
  } else if (was) {
    compareProse(comparison, old, now, place);
    if (old.required !== true && isNeeded && spot.side === 'input') {
      report.add('body-became-required', place, 'It is required now.');
    } else if (old.required === true && !isNeeded && spot.side === 'input') {
      report.add('body-became-optional', place, 'It may be left out now.');
    }
    compareContent(comparison, old.content, now.content, place);
  }
}
