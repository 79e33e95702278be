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
}

const prose = ['title', 'description', 'summary', 'example', 'examples', 'deprecated'];

/**
 * What `oneOf` and `anyOf` say. Types, values and null that are only listed so are joined to the schema
 * itself, because others write the same as `type: [...]`, `enum` or `nullable`.
 */
export function readVariants(source: Source, schema: Json) {
  const lists = [listIn(schema.oneOf), listIn(schema.anyOf)].filter((list) => list.length > 0);
  const joined: unknown[] = [];
  const variants: Variants[] = [];
  for (const list of lists) {
    const options = list.filter((option) => !isNothing(source, option));
    const hasNull = options.length < list.length;
    const only = options.length === 1 ? options[0] : simplest(options);
    if (only !== undefined) joined.push(hasNull ? { allOf: [only], nullable: true } : only);
    else variants.push({ ...variantsOf(source, schema, options), hasNull });
  }
  return { joined, variants };
}

function isNothing(source: Source, option: unknown): boolean {
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

function variantsOf(source: Source, schema: Json, list: readonly unknown[]) {
  const { propertyName, mapping } = objectIn(schema.discriminator);
  const by = textIn(propertyName);
  const values = new Map<string, string>();
  for (const [value, ref] of Object.entries(objectIn(mapping))) values.set(String(ref), value);
  const namesOf = (option: unknown): string[] => {
    const { value, pointer } = source.resolve(option);
    const name = pointer?.split('/').at(-1);
    const mapped = values.get(pointer ?? '') ?? values.get(name ?? '');
    const found = [mapped, ...constantsOf(source, value, by), name, textIn(objectIn(value).title)];
    return found.filter((one) => one !== undefined);
  };
  return { by, options: list.map((option) => ({ schema: option, names: namesOf(option) })) };
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
