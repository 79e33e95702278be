import {
  type GraphQLFieldConfig,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLUnionType,
} from 'graphql';
import type { Json } from '../../kit/json.ts';
import type { PlaceOf } from './places.ts';
import { componentOf, descriptionOf, propertiesOf, withoutNull } from './shapes.ts';
import type { SimpleTypes } from './simple-types.ts';

/** More fields of a type than its schema has, by the name of the type. */
export type MoreFields = (type: string) => Record<string, GraphQLFieldConfig<unknown, unknown>>;

export interface OutputParts {
  /** The schemas that have a name. */
  readonly components: Readonly<Record<string, Json>>;
  readonly simple: SimpleTypes;
  readonly placeOf: PlaceOf;
  /** What is asked when the fields of a type are needed, which is after all are known. */
  readonly more: MoreFields;
}

/** The types of what is answered, from the schemas that the OpenAPI document shows. */
export class OutputTypes {
  readonly #parts: OutputParts;
  readonly #named = new Map<string, GraphQLObjectType | GraphQLUnionType>();

  constructor(parts: OutputParts) {
    this.#parts = parts;
  }

  /** @param place names a shape that has no name, as `MeAct`. */
  of(given: Json, place: string): GraphQLOutputType {
    const { schema } = withoutNull(given);
    const component = componentOf(schema);
    if (component) return this.named(component);
    const { type, items, properties, oneOf } = schema as Json & { items?: Json; oneOf?: Json[] };
    if (type === 'array' && items) return new GraphQLList(this.required(items, place));
    if (oneOf) return this.#once(place, () => this.#union(place, schema));
    if (properties) return this.#once(place, () => this.#object(place, schema));
    return this.#parts.simple.of(schema, place);
  }

  /** The same, but never null unless the schema says so. */
  required(schema: Json, place: string): GraphQLOutputType {
    const type = this.of(schema, place);
    return withoutNull(schema).isNullable ? type : new GraphQLNonNull(type);
  }

  /** The type of a component. */
  named(name: string): GraphQLObjectType | GraphQLUnionType {
    const schema = this.#parts.components[name];
    if (!schema) throw new Error(`There is no schema ${name}`);
    return this.#once(name, () =>
      schema.oneOf ? this.#union(name, schema) : this.#object(name, schema),
    );
  }

  #once(name: string, make: () => GraphQLObjectType | GraphQLUnionType) {
    const type = this.#named.get(name) ?? make();
    this.#named.set(name, type);
    return type;
  }

  #object(name: string, schema: Json): GraphQLObjectType {
    return new GraphQLObjectType({
      name,
      description: descriptionOf(schema),
      fields: () => ({ ...this.#fields(name, schema), ...this.#parts.more(name) }),
    });
  }

  #fields(parent: string, schema: Json) {
    const fields = propertiesOf(schema).map(([name, one, isRequired]) => {
      const place = this.#parts.placeOf(parent, name, one);
      const type = isRequired ? this.required(one, place) : this.of(one, place);
      return [name, { type, description: descriptionOf(one) }] as const;
    });
    return Object.fromEntries(fields);
  }

  /** Which member an answer is stands in a field of it. */
  #union(name: string, schema: Json): GraphQLUnionType {
    const { discriminator } = schema as {
      discriminator?: { propertyName: string; mapping: Record<string, string> };
    };
    if (!discriminator) throw new Error(`${name} is a union without a discriminator`);
    const { propertyName, mapping } = discriminator;
    const members = new Map(
      Object.entries(mapping).map(([value, $ref]) => [value, componentOf({ $ref }) ?? '']),
    );
    return new GraphQLUnionType({
      name,
      description: descriptionOf(schema),
      types: () =>
        [...new Set(members.values())].map((member) => this.named(member) as GraphQLObjectType),
      resolveType: (value) => members.get((value as Record<string, string>)[propertyName] ?? ''),
    });
  }
}
