import {
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { Event } from '../../events/event.ts';
import { eventNames } from '../../events.ts';
import type { Json } from '../../kit/json.ts';
import { SchemaComponents } from '../components.ts';
import type { OutputTypes } from './output-types.ts';
import { Instant } from './scalars.ts';
import { componentOf, descriptionOf, propertiesOf } from './shapes.ts';
import type { SimpleTypes } from './simple-types.ts';

export interface EventTypeParts {
  readonly outputs: OutputTypes;
  readonly simple: SimpleTypes;
}

/**
 * The events of the catalogue: an interface, and a type for each kind. So whoever follows asks once for
 * what all have, and for the data of the kinds that they know; the others are told by their name.
 */
export interface EventTypes {
  readonly event: GraphQLInterfaceType;
  readonly kinds: readonly GraphQLObjectType[];
}

export function eventTypes({ outputs, simple }: EventTypeParts): EventTypes {
  const schemas = new SchemaComponents();
  const whole = schemas.convert(Event, 'output');
  const components = schemas.sorted();
  const { discriminator } = components[componentOf(whole) ?? ''] as unknown as Union;
  const nameOf = (type: string) => componentOf({ $ref: discriminator.mapping[type] }) ?? '';
  const type = simple.of({ type: 'string', enum: [...eventNames] }, 'EventName');
  const event = new GraphQLInterfaceType({
    name: 'Event',
    description: 'Something that happened: `type` tells what.',
    fields: sharedFields(type, components[nameOf(eventNames[0])] ?? {}),
    resolveType: (value) => nameOf((value as { type: string }).type),
  });
  const kinds = eventNames.map((name) => {
    const schema = components[nameOf(name)] ?? {};
    const [, data = {}] = propertiesOf(schema).find(([field]) => field === 'data') ?? [];
    return new GraphQLObjectType({
      name: nameOf(name),
      description: descriptionOf(schema),
      interfaces: [event],
      fields: () => ({
        ...sharedFields(type, schema),
        data: { type: outputs.required(data, `${nameOf(name)}Data`) },
      }),
    });
  });
  return { event, kinds };
}

interface Union {
  readonly discriminator: { readonly mapping: Readonly<Record<string, string>> };
}

/** What every envelope has (`contract/kit/events.ts`). */
function sharedFields(type: GraphQLOutputType, schema: Json) {
  const types = { id: GraphQLID, type, version: GraphQLInt, timestamp: Instant };
  const described = new Map(
    propertiesOf(schema).map(([name, one]) => [name, descriptionOf(one)] as const),
  );
  return Object.fromEntries(
    Object.entries(types).map(([name, one]) => [
      name,
      { type: new GraphQLNonNull(one), description: described.get(name) },
    ]),
  );
}
