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
  const written = name.toLowerCase();
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const allowed = Math.max(1, candidate.length / 3);
    if (Math.abs(candidate.length - name.length) > allowed) continue;
    const mistakes = mistakesIn(written, candidate.toLowerCase(), allowed);
    if (mistakes > allowed || mistakes >= fewest) continue;
    best = candidate;
    fewest = mistakes;
  }
  return best;
}

/**
 * How many letters to insert, leave out, replace, or swap with the next one (optimal string
 * alignment); or some number above `allowed`, as soon as that is certain.
 */
function mistakesIn(written: string, meant: string, allowed: number): number {
  let twoAbove: number[] = [];
  let above: number[] = [];
  let row: number[] = [];
  for (let at = 0; at <= meant.length; at += 1) row.push(at);
  for (let line = 1; line <= written.length; line += 1) {
    [twoAbove, above, row] = [above, row, twoAbove];
    row[0] = line;
    const letter = written.charCodeAt(line - 1);
    let fewest = line;
    for (let at = 1; at <= meant.length; at += 1) {
      let least = above[at - 1] as number;
      if (letter !== meant.charCodeAt(at - 1)) {
        least = 1 + Math.min(least, above[at] as number, row[at - 1] as number);
        const isSwapped =
          letter === meant.charCodeAt(at - 2) &&
          written.charCodeAt(line - 2) === meant.charCodeAt(at - 1);
        if (isSwapped) least = Math.min(least, 1 + (twoAbove[at - 2] as number));
      }
      row[at] = least;
      if (least < fewest) fewest = least;
    }
    if (fewest > allowed) return fewest;
  }
  return row[meant.length] as number;
}
