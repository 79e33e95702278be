import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { type JsonSchema, schemaBehind } from './types.ts';

/**
 * A field of the body that the answer repeats: whoever asks to sign in by tokens is answered with
 * tokens. So the type of what is asked for tells the type of the answer.
 */
export interface Echo {
  field: string;
  /** The status of the answer that repeats it. */
  status: number;
  values: { value: string; schema: JsonSchema }[];
}

/** A required field with a closed list of values, for each of which the answer has one shape. */
export function echoIn(
  document: OpenApiDocument,
  body: JsonSchema | undefined,
  replies: { status: number; schema?: JsonSchema }[],
): Echo | undefined {
  const { properties = {}, required = [] } = schemaBehind(document, body);
  for (const { status, schema } of replies) {
    const shapes = schemaBehind(document, schema);
    for (const field of required) {
      const asked = properties[field]?.enum;
      const values = (shapes.anyOf ?? shapes.oneOf ?? []).map((each) => ({
        value: constantOf(schemaBehind(document, each).properties?.[field]) as string,
        schema: each,
      }));
      if (asked && isSame(asked, values)) return { field, status, values };
    }
  }
  return undefined;
}

function constantOf(schema: JsonSchema = {}): unknown {
  return schema.const ?? (schema.enum?.length === 1 ? schema.enum[0] : undefined);
}

function isSame(asked: unknown[], values: Echo['values']): boolean {
  const told = new Set<unknown>(values.map(({ value }) => value));
  return (
    told.size === values.length &&
    asked.length === told.size &&
    asked.every((each) => told.has(each))
  );
}
