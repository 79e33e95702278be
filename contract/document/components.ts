import * as z from 'zod';
import type { Json } from '../kit/json.ts';

/** JSON Schemas of the contract; those with an id are collected under their name. */
export class SchemaComponents {
  readonly #named = new Map<string, Json>();

  /** A schema with an id is answered as a reference to its component. */
  convert(schema: z.ZodType, io: 'input' | 'output'): Json {
    // Bytes are no JSON, which is all that zod describes: the schema says what they are on the wire.
    if (schema instanceof z.ZodCustom) return asOnTheWire(schema.meta() as Json);
    const {
      $schema: _,
      $defs,
      ...root
    } = z.toJSONSchema(schema, {
      io,
      override: ({ zodSchema, jsonSchema }) => {
        restoreExamples(jsonSchema as Json, z.globalRegistry.get(zodSchema));
        if (zodSchema instanceof z.ZodDiscriminatedUnion) {
          (jsonSchema as Json).discriminator = discriminatorOf(zodSchema);
        }
      },
    }) as Json;
    for (const [id, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      this.#name(id, forReaders(definition));
    }
    return forReaders(root);
  }

  sorted(): Record<string, Json> {
    return byName(this.#named);
  }

  #name(id: string, definition: Json): void {
    const { id: _, ...plain } = definition;
    const known = this.#named.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(plain)) {
      throw new Error(`The schema id ${id} names two shapes; give input and output their own ids`);
    }
    this.#named.set(id, plain);
  }
}

/** The document must not depend on the order in which operations were written. */
export function byName(components: Map<string, Json>): Record<string, Json> {
  return Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** zod drops the examples of inputs that are transformed, but ours are written as sent. */
function restoreExamples(jsonSchema: Json, meta: Json | undefined): void {
  if (meta?.id && meta.examples) jsonSchema.examples = meta.examples;
}

/** Which value leads to which component: generators believe it, and some need it. */
function discriminatorOf({ def }: z.ZodDiscriminatedUnion) {
  const mapping = def.options.flatMap((option) => {
    const { id } = z.globalRegistry.get(option as z.ZodType) ?? {};
    const literal = option instanceof z.ZodObject ? option.shape[def.discriminator] : undefined;
    if (!id || !(literal instanceof z.ZodLiteral)) {
      throw new Error(`Each member of a union by ${def.discriminator} needs an id and its value`);
    }
    return [...literal.values].map((value) => [value, `#/components/schemas/${id}`]);
  });
  return { propertyName: def.discriminator, mapping: Object.fromEntries(mapping) as Json };
}

/** zod's output made shorter and exact: every schema in it passes the steps below once. */
function forReaders(schema: Json): Json {
  const result = integerFormat(mergeNull(oneValue(withParts(asOnTheWire(schema)))));
  if (typeof result.$ref === 'string') {
    result.$ref = result.$ref.replace('#/$defs/', '#/components/schemas/');
  }
  return result;
}

function withParts(schema: Json): Json {
  const { properties, items, anyOf, oneOf } = schema as Record<string, Json & Json[]>;
  const each = (parts: Json) =>
    Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, forReaders(part as Json)]));
  return {
    ...schema,
    ...(properties && { properties: each(properties) }),
    ...(items && { items: forReaders(items) }),
    ...(anyOf && { anyOf: anyOf.map(forReaders) }),
    ...(oneOf && { oneOf: oneOf.map(forReaders) }),
  };
}

function asOnTheWire(schema: Json): Json {
  const { wire, description } = schema;
  if (wire) return { ...wire, ...(description !== undefined && { description }) };
  const { exampleNames: _, ...plain } = schema;
  // The format says it; zod's own expression for it is a page long.
  if (plain.format) delete plain.pattern;
  return plain.open ? opened(plain) : plain;
}

/** Others may come to its fields, and whoever checks it should not stumble over them. */
function opened(schema: Json): Json {
  const { open: _, additionalProperties: __, ...rest } = schema;
  return rest;
}

/** Some generators ignore `const`, and lose the field or the whole member of a union with it. */
function oneValue({ const: value, ...schema }: Json): Json {
  return value === undefined ? schema : { ...schema, enum: [value] };
}

/** `anyOf` of text or null says the same as the two types, and reads worse. */
function mergeNull(schema: Json): Json {
  const { anyOf, ...rest } = schema as Json & { anyOf?: Json[] };
  const [value, nothing] = anyOf ?? [];
  // An `enum` would have to list null as well.
  const isPlainText = value?.type === 'string' && !value.enum;
  if (!isPlainText || nothing?.type !== 'null') return schema;
  return { ...value, ...rest, type: ['string', 'null'] };
}

function integerFormat(schema: Json): Json {
  if (schema.type !== 'integer') return schema;
  return { ...schema, format: Number(schema.maximum) < 2 ** 31 ? 'int32' : 'int64' };
}
