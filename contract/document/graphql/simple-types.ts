import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import { eventNames } from '../../events.ts';
import type { Json } from '../../kit/json.ts';
import { permissionNames } from '../../kit/permissions.ts';
import { problemCodes } from '../../kit/problems.ts';
import { enumValueName } from './names.ts';
import { Instant, Json as JsonScalar, SafeInt } from './scalars.ts';

/** Lists that stand in many places have one name in all of them. */
const shared: Readonly<Record<string, readonly string[]>> = {
  Permission: permissionNames,
  EventName: eventNames,
  ProblemCode: problemCodes,
};

/** What has no fields: scalars, and lists of words. Made once by its name. */
export class SimpleTypes {
  readonly #enums = new Map<string, { type: GraphQLEnumType; values: string }>();

  /** @param place names a list of words that is not shared, as `SessionKind`. */
  of(schema: Json, place: string): GraphQLScalarType | GraphQLEnumType {
    const { type, format, enum: values } = schema;
    // One word is no choice.
    if (Array.isArray(values) && values.length > 1 && values.every(isText)) {
      return this.#enumOf(values, place);
    }
    if (type === 'string') return textOf(format);
    if (type === 'integer') return format === 'int32' ? GraphQLInt : SafeInt;
    if (type === 'number') return GraphQLFloat;
    if (type === 'boolean') return GraphQLBoolean;
    return JsonScalar;
  }

  /** What it is for is told by each field and argument of it. */
  #enumOf(values: readonly string[], place: string): GraphQLEnumType {
    const key = values.toSorted().join();
    const named = Object.entries(shared).find(([, list]) => list.toSorted().join() === key);
    const name = named?.[0] ?? place;
    const known = this.#enums.get(name);
    if (known?.values === key) return known.type;
    if (known) throw new Error(`${name} names two lists of words; give one of its schemas an id`);
    const type = enumType(name, values);
    this.#enums.set(name, { type, values: key });
    return type;
  }
}

function enumType(name: string, values: readonly string[]) {
  const entries = values.map((value) => [enumValueName(value), { value }] as const);
  const members = Object.fromEntries(entries);
  if (Object.keys(members).length < values.length) {
    throw new Error(`Two values of ${name} are spelled the same in GraphQL`);
  }
  return new GraphQLEnumType({ name, values: members });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOf(format: unknown): GraphQLScalarType {
  if (format === 'uuid') return GraphQLID;
  return format === 'date-time' ? Instant : GraphQLString;
}
