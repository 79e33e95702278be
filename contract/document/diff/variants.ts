import type { Json } from '../../kit/json.ts';
import { canonical, isObject, listIn, objectIn, type Source, shown, textIn } from './source.ts';

/** One of several shapes: `oneOf` or `anyOf`. */
export interface Variants {
  readonly options: readonly Option[];
  readonly hasNull: boolean;
  /** The field that tells them apart. */
  readonly by: string | undefined;
}

export interface Option {
  readonly schema: unknown;
  /** By which it is found again: its value of the discriminator, its constant, its name. */
  readonly names: readonly string[];
  /** What the discriminator says where it is this one. */
  readonly values: readonly string[];
}

const schemas = '#/components/schemas/';
const prose = ['title', 'description', 'summary', 'example', 'examples', 'deprecated'];

/**
 * What `oneOf` and `anyOf` say. Types, values and null that are only listed so are joined to the schema
 * itself, because others write the same as `type: [...]`, `enum` or `nullable`.
 */
export function readVariants(source: Source, schema: Json) {
  const lists = [listIn(schema.oneOf), listIn(schema.anyOf)].filter((list) => list.length > 0);
  const joined: unknown[] = [];
  const variants: Variants[] = [];
  for (const given of lists) {
    const list = unnested(given);
    const options = list.filter((option) => !isNothing(source, option));
    const hasNull = options.length < list.length;
    const only = options.length === 1 ? options[0] : simplest(options);
    if (only !== undefined) joined.push(hasNull ? { allOf: [only], nullable: true } : only);
    else variants.push({ ...variantsOf(source, schema, options), hasNull });
  }
  return { joined, variants };
}

/** `oneOf` of what is nothing but `oneOf` again, and is called nothing, is `oneOf` of all of them. */
function unnested(list: readonly unknown[]): readonly unknown[] {
  const all = list.flatMap((option) => {
    const inner = '$ref' in objectIn(option) ? undefined : listedIn(option);
    return inner ? unnested(inner) : [option];
  });
  if (all.every((option, at) => option === list[at])) return list;
  return [...new Map(all.map((option) => [canonical(option), option])).values()];
}

/** The shapes of what is nothing but several shapes. */
export function listedIn(
  schema: unknown,
  beside: readonly string[] = [],
): readonly unknown[] | undefined {
  const given = objectIn(schema);
  const [word = '', ...others] = Object.keys(given).filter(
    (key) => !prose.includes(key) && !beside.includes(key),
  );
  const isUnion = (word === 'oneOf' || word === 'anyOf') && others.length === 0;
  return isUnion ? listIn(given[word]) : undefined;
}

export function isNothing(source: Source, option: unknown): boolean {
  const { type, enum: values, ...rest } = source.object(option);
  const isOfNull = type === 'null' || canonical(values ?? []) === '[null]';
  return isOfNull && Object.keys(rest).every((key) => prose.includes(key));
}

/** All are nothing but types, or nothing but values. */
function simplest(options: readonly unknown[]): Json | undefined {
  const words = options.map((option) => {
    return Object.keys(objectIn(option)).filter((key) => !prose.includes(key));
  });
  if (words.length === 0) return undefined;
  if (words.every((keys) => keys.join() === 'type')) {
    return { type: options.flatMap((option) => [objectIn(option).type].flat()) };
  }
  const areValues = words.every((keys) => {
    const isOne = keys.includes('const') || keys.includes('enum');
    return isOne && keys.every((key) => ['const', 'enum', 'type'].includes(key));
  });
  if (!areValues) return undefined;
  return { enum: options.flatMap((option) => valuesOf(objectIn(option))) };
}

function valuesOf({ const: value, enum: values }: Json): readonly unknown[] {
  return Array.isArray(values) ? values : [value];
}

export function variantsOf(source: Source, schema: Json, list: readonly unknown[]) {
  const { propertyName, mapping } = objectIn(schema.discriminator);
  const by = textIn(propertyName);
  const mapped = Object.entries(objectIn(mapping));
  const optionOf = (option: unknown): Option => {
    const { value, pointer } = source.resolve(option);
    const name = pointer?.split('/').at(-1);
    const given = mapped.filter(([, to]) => to === pointer || (name !== undefined && to === name));
    const constants = constantsOf(source, value, by);
    const names = [...given.map(([one]) => one), ...constants, name, textIn(objectIn(value).title)];
    // Where nothing is said of it, the name of the schema is the value.
    const values = [given.map(([one]) => one), constants, name === undefined ? [] : [name]];
    return {
      schema: option,
      names: names.filter((one) => one !== undefined),
      values: by === undefined ? [] : (values.find((each) => each.length > 0) ?? []),
    };
  };
  return { by, options: list.map(optionOf) };
}

/**
 * The shapes of a schema that others build on by `allOf`: those that its discriminator names, and
 * those that only refer to it.
 */
export function heirsOf(source: Source, schema: Json, pointer: string): Variants | undefined {
  const { propertyName, mapping } = objectIn(schema.discriminator);
  const isListed = listIn(schema.oneOf).length + listIn(schema.anyOf).length > 0;
  if (textIn(propertyName) === undefined || isListed) return undefined;
  const named = Object.values(objectIn(mapping)).map((to) => {
    const text = shown(to);
    return text.includes('/') || text.startsWith('#') ? text : `${schemas}${text}`;
  });
  const building = Object.entries(source.schemas).flatMap(([name, one]) => {
    const isHeir = listIn(objectIn(one).allOf).some((part) => objectIn(part).$ref === pointer);
    return isHeir ? [`${schemas}${name}`] : [];
  });
  const refs = [...new Set([...named, ...building])].filter((ref) => ref !== pointer);
  const list = refs.map(($ref) => ({ $ref }));
  return list.length > 0 ? { ...variantsOf(source, schema, list), hasNull: false } : undefined;
}

/** The value of the field that tells shapes apart; where none is named, of each with a single one. */
function constantsOf(source: Source, schema: unknown, by: string | undefined): string[] {
  const fields = Object.entries(objectIn(objectIn(schema).properties));
  return fields.flatMap(([field, part]) => {
    const property = source.object(part);
    const isConstant = 'const' in property || listIn(property.enum).length === 1;
    const [value] = isConstant ? valuesOf(property) : [];
    if (value === undefined || isObject(value) || (by !== undefined && by !== field)) return [];
    return [by === undefined ? `${field} ${shown(value)}` : shown(value)];
  });
}
