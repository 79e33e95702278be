interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly options?: readonly unknown[];
}

/** The names that a schema knows at a place of its input. */
export function knownFields(schema: unknown, path: readonly PropertyKey[]): string[] {
  const inner = path.reduce<unknown>(step, schema);
  return [...new Set(objectsIn(inner).flatMap((shape) => Object.keys(shape)))];
}

function step(schema: unknown, key: PropertyKey): unknown {
  const { element } = definitionOf(schema);
  if (element !== undefined) return element;
  return objectsIn(schema).find((shape) => key in shape)?.[String(key)];
}

/** An object's fields; of a union those of each member. */
function objectsIn(schema: unknown): Readonly<Record<string, unknown>>[] {
  const { shape, options } = definitionOf(schema);
  return shape ? [shape] : (options ?? []).flatMap(objectsIn);
}

/** Of the schema inside what is optional, nullable, has a default, or is transformed later. */
function definitionOf(schema: unknown): Definition {
  let definition = rawDefinition(schema);
  while (definition.innerType ?? definition.in) {
    definition = rawDefinition(definition.innerType ?? definition.in);
  }
  return definition;
}

function rawDefinition(schema: unknown): Definition {
  return (schema as { def?: Definition } | undefined)?.def ?? {};
}

/** The known name that was probably meant: at most a third of its letters are wrong. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= allowed(candidate))
    .map((candidate) => ({
      candidate,
      distance: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter((found) => found.distance <= allowed(found.candidate))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

function allowed(candidate: string): number {
  return Math.max(1, candidate.length / 3);
}

/** Levenshtein's: how many letters to insert, leave out or replace. */
function distance(from: string, to: string): number {
  const row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let index = 0; index < from.length; index += 1) {
    // What stood above and to the left, and is overwritten as the row goes on.
    let corner = index;
    row[0] = index + 1;
    for (let at = 1; at <= to.length; at += 1) {
      const above = row[at] as number;
      const replaced = corner + (from[index] === to[at - 1] ? 0 : 1);
      row[at] = Math.min(replaced, above + 1, (row[at - 1] as number) + 1);
      corner = above;
    }
  }
  return row[to.length] as number;
}
