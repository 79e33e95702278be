import type { Json } from '../../kit/json.ts';
import { capital } from './names.ts';
import { propertiesOf, withoutNull } from './shapes.ts';

/** Names what has no name of its own after where it stands, as `SessionKind`. */
export type PlaceOf = (parent: string, field: string, schema: Json, otherwise?: string) => string;

/**
 * A list of words that a thing and what is made of it have in common has one name: `state` of
 * `WebhookChanges`, and the filter of webhooks, is a `WebhookState`.
 */
export function placesIn(components: Readonly<Record<string, Json>>): PlaceOf {
  const names = Object.keys(components).toSorted((one, other) => one.length - other.length);
  return (parent, field, schema, otherwise = parent + capital(field)) => {
    const words = wordsOf(schema);
    const owner = names.find((name) => {
      const [, found] = propertiesOf(components[name] ?? {}).find(([one]) => one === field) ?? [];
      return found && words && isPartOf(name, parent) && wordsOf(found) === words;
    });
    return owner === undefined ? otherwise : owner + capital(field);
  };
}

function wordsOf(schema: Json): string | undefined {
  const { enum: words } = withoutNull(schema).schema as { enum?: string[] };
  return words?.toSorted().join();
}

/** `Webhook` is one of the words of `WebhookChanges`, and `Me` is none of `Members`. */
function isPartOf(name: string, whole: string): boolean {
  return new RegExp(`${name}(?![a-z])`).test(whole);
}
