import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { type Field, field, name, type Type } from './layout.ts';
import { literal, schemaName } from './names.ts';

/** The part of JSON Schema (2020-12) that the contract's schemas become. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  not?: JsonSchema;
  /** `binary`: bytes; `date-time`: an instant. */
  format?: string;
  description?: string;
  default?: unknown;
  deprecated?: boolean;
}

/** The type of a schema. What JSON Schema says beyond a type (formats, limits) is left to prose. */
export function typeOf(schema: JsonSchema | boolean | undefined): Type {
  if (schema === undefined || schema === true) return name('unknown');
  if (schema === false || JSON.stringify(schema.not) === '{}') return name('never');
  if (schema.$ref) return name(schemaName(componentOf(schema.$ref)));
  if ('const' in schema) return name(literal(schema.const));
  if (schema.enum) return union(schema.enum.map((value) => name(literal(value))));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (schema.allOf) return { kind: 'intersection', of: schema.allOf.map(typeOf) };
  if (Array.isArray(schema.type)) {
    return union(schema.type.map((type) => typeOf({ ...schema, type })));
  }
  return simpleType(schema);
}

/** What a text is more than a text, by its format; the runtime has a type of that name. */
const textTypes: Readonly<Record<string, string>> = {
  binary: 'FileSource',
  'date-time': 'Instant',
};

function simpleType(schema: JsonSchema): Type {
  switch (schema.type ?? (schema.properties ? 'object' : undefined)) {
    case 'string':
      return name(textTypes[schema.format ?? ''] ?? 'string');
    case 'boolean':
    case 'null':
      return name(schema.type as string);
    case 'integer':
    case 'number':
      return name('number');
    case 'array':
      return arrayType(schema);
    case 'object':
      return objectType(schema);
    default:
      return name('unknown');
  }
}

function arrayType({ prefixItems, items }: JsonSchema): Type {
  if (prefixItems) return { kind: 'tuple', of: prefixItems.map(typeOf) };
  return { kind: 'array', of: typeOf(items) };
}

/** Fields, or a record; a record with a closed list of names is written out. */
function objectType(schema: JsonSchema): Type {
  const { properties = {}, additionalProperties, propertyNames, required } = schema;
  if (Object.keys(properties).length > 0) return { kind: 'object', fields: fieldsOf(schema) };
  if (additionalProperties === false) return recordOf(name('never'));
  const value = typeof additionalProperties === 'object' ? additionalProperties : {};
  if (!propertyNames?.enum) return recordOf(typeOf(value));
  const named = propertyNames.enum.map((key) => [String(key), value] as const);
  return objectType({ properties: Object.fromEntries(named), required });
}

export function recordOf(value: Type): Type {
  return { kind: 'reference', text: 'Record', of: [name('string'), value] };
}

/** The fields of an object, each with its prose. */
export function fieldsOf(schema: JsonSchema): Field[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const fields = Object.entries(properties).map(([key, value]) =>
    fieldOf(key, value, required.includes(key)),
  );
  if (typeof additionalProperties !== 'object') return fields;
  return [...fields, { name: '[key: string]', type: name('unknown'), comment: '' }];
}

export function fieldOf(key: string, schema: JsonSchema, isRequired: boolean): Field {
  const fallback = schema.default === undefined ? undefined : `@default ${literal(schema.default)}`;
  const deprecated = schema.deprecated ? '@deprecated' : undefined;
  const prose = [schema.description, fallback, deprecated];
  if (isRequired) return field(key, typeOf(schema), ...prose);
  // What is undefined is left out on the way, so callers with `exactOptionalPropertyTypes` may say it.
  return field(`${key}?`, union([typeOf(schema), name('undefined')]), ...prose);
}

/** Without duplicates, and flat, so that the formatter finds nothing to unwrap. */
export function union(members: Type[]): Type {
  const flat = members.flatMap((member) => (member.kind === 'union' ? member.of : [member]));
  const distinct = [...new Map(flat.map((type) => [JSON.stringify(type), type])).values()];
  if (distinct.some((type) => type.kind === 'name' && type.text === 'unknown'))
    return name('unknown');
  return distinct.length === 1 ? (distinct[0] as Type) : { kind: 'union', of: distinct };
}

export function componentOf(reference: string): string {
  return reference.split('/').at(-1) as string;
}

/** The schema itself, where this is a reference to a component. */
export function schemaBehind(document: OpenApiDocument, schema: JsonSchema = {}): JsonSchema {
  if (!schema.$ref) return schema;
  const known = document.components.schemas[componentOf(schema.$ref)];
  if (!known) throw new Error(`The schema ${componentOf(schema.$ref)} is not in the document`);
  return known;
}
