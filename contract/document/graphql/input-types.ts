import {
  type GraphQLInputFieldConfig,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
} from 'graphql';
import type { Json } from '../../kit/json.ts';
import type { PlaceOf } from './places.ts';
import { componentOf, descriptionOf, propertiesOf, withoutNull } from './shapes.ts';
import type { SimpleTypes } from './simple-types.ts';

export interface InputParts {
  readonly components: Readonly<Record<string, Json>>;
  readonly simple: SimpleTypes;
  readonly placeOf: PlaceOf;
}

/** The types of what is sent. They have names of their own (`NewUserInput`): GraphQL keeps both apart. */
export class InputTypes {
  readonly #parts: InputParts;
  readonly #named = new Map<string, GraphQLInputObjectType>();

  constructor(parts: InputParts) {
    this.#parts = parts;
  }

  /** @param place names a shape that has no name. */
  of(given: Json, place: string): GraphQLInputType {
    const { schema } = withoutNull(given);
    const component = componentOf(schema);
    if (component) return this.object(component, this.#parts.components[component] ?? {});
    const { type, items, properties } = schema as Json & { items?: Json };
    if (type === 'array' && items) return new GraphQLList(this.#required(items, place));
    if (properties) return this.object(place, schema);
    return this.#parts.simple.of(schema, place);
  }

  /** An argument, or a field of an input. What may be left out may be null as well: the schema judges. */
  field(place: string, schema: Json, isRequired: boolean): GraphQLInputFieldConfig {
    const type = isRequired ? this.#required(schema, place) : this.of(schema, place);
    return { type, description: descriptionOf(schema) };
  }

  object(name: string, schema: Json): GraphQLInputObjectType {
    const known = this.#named.get(name);
    if (known) return known;
    const type = new GraphQLInputObjectType({
      name: `${name}Input`,
      description: descriptionOf(schema),
      fields: () =>
        Object.fromEntries(
          propertiesOf(schema).map(([field, one, isRequired]) => [
            field,
            this.field(this.#parts.placeOf(name, field, one), one, isRequired),
          ]),
        ),
    });
    this.#named.set(name, type);
    return type;
  }

  #required(schema: Json, place: string): GraphQLInputType {
    const type = this.of(schema, place);
    return withoutNull(schema).isNullable ? type : new GraphQLNonNull(type);
  }
}
