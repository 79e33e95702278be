import type { Json } from '../../kit/json.ts';

/** A schema apart from whether it may be null. */
export interface Nullable {
  readonly schema: Json;
  readonly isNullable: boolean;
}

/** Null stands in a list of types, or as a member of its own. */
export function withoutNull(schema: Json): Nullable {
  const { type, anyOf, ...rest } = schema as Json & { type?: unknown; anyOf?: Json[] };
  if (Array.isArray(type) && type.includes('null')) {
    return { schema: { ...rest, type: type.find((one) => one !== 'null') }, isNullable: true };
  }
  const members = anyOf?.filter((member) => member.type !== 'null');
  if (members?.length === 1 && anyOf?.length === 2) {
    return { schema: { ...rest, ...members[0] }, isNullable: true };
  }
  return { schema, isNullable: false };
}

/** `User` of `#/components/schemas/User`. */
export function componentOf({ $ref }: Json): string | undefined {
  return typeof $ref === 'string' ? $ref.slice($ref.lastIndexOf('/') + 1) : undefined;
}

export function propertiesOf(schema: Json): [name: string, schema: Json, isRequired: boolean][] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, one]) => [name, one, required.includes(name)]);
}

/** What a list in `items` holds. */
export function itemOf(schema: Json): Json | undefined {
  const { items } = (schema.properties ?? {}) as { items?: Json };
  return items?.items as Json | undefined;
}

export function descriptionOf({ description }: Json): string | undefined {
  return typeof description === 'string' ? description : undefined;
}
