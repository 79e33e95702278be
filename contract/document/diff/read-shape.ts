import type { Json } from '../../kit/json.ts';
import { mergeShapes } from './merge-shapes.ts';
import type { Bound, Shape } from './shape.ts';
import { canonical, isObject, listIn, objectIn, type Source, textIn } from './source.ts';
import { heirsOf, readVariants } from './variants.ts';

const conditionWords = [
  'not',
  'if',
  'then',
  'else',
  'patternProperties',
  'propertyNames',
  'contains',
  'minContains',
  'maxContains',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
  '$dynamicRef',
];

/** @param open references that are being put together: what refers to itself adds nothing. */
export function shapeOf(source: Source, schema: unknown, open: readonly string[] = []): Shape {
  // Nothing keeps it, of whatever type.
  if (schema === false) return { ...own({}, source), types: new Set() };
  const given = source.schema(schema);
  const { value, pointer } = source.resolve(given);
  const parts: Shape[] = [];
  if (pointer !== undefined) {
    if (open.includes(pointer)) parts.push(own({}, source));
    else {
      const shared = shapeOf(source, value, [...open, pointer]);
      parts.push({ ...shared, heirs: heirsOf(source, objectIn(value), pointer) });
    }
  }
  const { $ref: _, ...rest } = given;
  // A part's heirs are no heirs of the whole.
  for (const part of listIn(rest.allOf)) {
    parts.push({ ...shapeOf(source, part, open), heirs: undefined });
  }
  const { joined, variants } = readVariants(source, rest);
  for (const part of joined) parts.push(shapeOf(source, part, open));
  const whole = [...parts, { ...own(rest, source), variants }].reduce(mergeShapes);
  return rest.nullable === true ? orNull(whole) : whole;
}

function own(schema: Json, source: Source): Shape {
  const values = 'const' in schema ? [schema.const] : schema.enum;
  const conditions = conditionWords.flatMap((word) =>
    word in schema ? [[word, stripped(schema[word])]] : [],
  );
  const { format, ...content } = contentOf(schema);
  if (Object.keys(content).length > 0) conditions.push(['content', content]);
  return {
    types: typesOf(schema),
    values: Array.isArray(values) ? values : undefined,
    properties: objectIn(schema.properties),
    required: new Set(listIn(schema.required).map(String)),
    others: schema.additionalProperties,
    items: Array.isArray(schema.items) ? undefined : schema.items,
    firstItems: listIn(schema.prefixItems),
    least: {
      value: bound(schema, 'minimum', 'exclusiveMinimum', source),
      length: bound(schema, 'minLength'),
      items: bound(schema, 'minItems'),
      fields: bound(schema, 'minProperties'),
      bytes: undefined,
    },
    most: {
      value: bound(schema, 'maximum', 'exclusiveMaximum', source),
      length: bound(schema, 'maxLength'),
      items: bound(schema, 'maxItems'),
      fields: bound(schema, 'maxProperties'),
      bytes: bound(schema, 'x-max-bytes'),
    },
    multipleOf: typeof schema.multipleOf === 'number' ? schema.multipleOf : undefined,
    isUnique: schema.uniqueItems === true,
    patterns: new Set(typeof schema.pattern === 'string' ? [schema.pattern] : []),
    format,
    default: schema.default,
    variants: [],
    heirs: undefined,
    conditions: conditions.length > 0 ? canonical(conditions) : '',
    mayGrow: schema['x-may-grow'] === true || Array.isArray(schema['x-extensible-enum']),
  };
}

/** In 3.1 bytes are told by their encoding and media type, in 3.0 by the formats `byte` and `binary`. */
function contentOf(schema: Json) {
  const { format, contentEncoding: encoding, contentMediaType: media } = schema;
  const isPlain = format === undefined && (encoding !== undefined || media !== undefined);
  const isBytes = isPlain && encoding === undefined && media === 'application/octet-stream';
  const isEncoded = isPlain && encoding === 'base64' && media === undefined;
  if (isBytes || isEncoded) return { format: isBytes ? 'binary' : 'byte' };
  return {
    format: textIn(format),
    ...(encoding !== undefined && { encoding }),
    ...(media !== undefined && { media }),
  };
}

function bound(schema: Json, word: string, exclusive = '', source?: Source): Bound | undefined {
  const [at, other] = [schema[word], schema[exclusive]];
  const isFlag = source?.isOld === true && other === true;
  const plain = typeof at === 'number' ? { at, isExclusive: isFlag } : undefined;
  if (typeof other !== 'number') return plain;
  const isTighter = !plain || (word === 'minimum' ? other >= plain.at : other <= plain.at);
  return isTighter ? { at: other, isExclusive: true } : plain;
}

/** What is left out is told by what else is said: many authors write `properties` and no type. */
function typesOf(schema: Json): ReadonlySet<string> | undefined {
  if (typeof schema.type === 'string') return new Set([schema.type]);
  if (Array.isArray(schema.type)) return new Set(schema.type.map(String));
  if ('const' in schema) return new Set([typeOf(schema.const)]);
  if (Array.isArray(schema.enum)) return new Set(schema.enum.map(typeOf));
  if ('properties' in schema) return new Set(['object']);
  return 'items' in schema ? new Set(['array']) : undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function orNull(shape: Shape): Shape {
  const { types, values } = shape;
  return {
    ...shape,
    types: types && new Set([...types, 'null']),
    values: values && (values.includes(null) ? values : [...values, null]),
  };
}

/** Without prose, which changes nothing. */
function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (!isObject(value)) return value;
  const { description: _, title: __, example: ___, examples: ____, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, stripped(part)]));
}
