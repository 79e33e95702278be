import type { Json } from '../../kit/json.ts';
import { fits } from './texts.ts';

/** `components.schemas` of a document, by name. */
export type Schemas = Readonly<Record<string, Json>>;

/** A schema with its references followed, and its parts of `allOf` made one. */
export interface Shape {
  readonly schema: Json;
  /** Empty where the schema says nothing of it. */
  readonly types: readonly string[];
  /** Of `anyOf` or `oneOf`. */
  readonly either: readonly Json[] | undefined;
}

export function shapeOf(schema: Json, schemas: Schemas): Shape {
  const whole = merged(followed(schema, schemas), schemas);
  const { type, anyOf, oneOf } = whole as { type?: string | string[] } & Record<string, Json[]>;
  const types = type === undefined ? impliedBy(whole) : [type].flat();
  return { schema: whole, types, either: anyOf ?? oneOf };
}

function impliedBy(schema: Json): string[] {
  if (schema.properties) return ['object'];
  return schema.items ? ['array'] : [];
}

function followed(schema: Json, schemas: Schemas): Json {
  const { $ref, ...beside } = schema as Json & { $ref?: string };
  if ($ref === undefined) return schema;
  const name = $ref.replace('#/components/schemas/', '');
  const target = schemas[name];
  if (!target) throw new Error(`${$ref} is none of the schemas of the document`);
  return { ...followed(target, schemas), ...beside };
}

/** What is narrowed wins: later parts say more of the same fields. */
function merged(schema: Json, schemas: Schemas): Json {
  const { allOf, ...rest } = schema as Json & { allOf?: Json[] };
  if (!allOf) return schema;
  const parts = [...allOf, rest].map((part) => shapeOf(part, schemas).schema);
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required as string[]),
  };
}

/** Whether a value of an option would look like this one: what only it can be called decides. */
export function chosen(option: Json, wanted: unknown, schemas: Schemas): boolean {
  if (wanted === undefined) return true;
  const { schema, types, either } = shapeOf(option, schemas);
  if (either) return either.some((one) => chosen(one, wanted, schemas));
  if (!types.includes(typeOf(wanted))) return false;
  const given = fieldsOf(wanted);
  if (!given) return isKept({ schema, types, either }, wanted) || Array.isArray(wanted);
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).every(([name, part]) => {
    const options = shapeOf(part, schemas).schema.enum;
    return !Array.isArray(options) || !(name in given) || options.includes(given[name]);
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Whether a text, a number or a truth value keeps what the schema says of it. */
export function isKept({ schema, types }: Shape, value: unknown): boolean {
  const { minimum = -Infinity, maximum = Infinity } = schema as Bounds;
  if (typeof value === 'string') return types.includes('string') && fits(schema, value);
  if (typeof value === 'boolean') return types.includes('boolean');
  if (typeof value !== 'number' || value < minimum || value > maximum) return false;
  return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
}

/** Of an object; undefined: it is none. */
export function fieldsOf(value: unknown): Json | undefined {
  return typeOf(value) === 'object' ? (value as Json) : undefined;
}
