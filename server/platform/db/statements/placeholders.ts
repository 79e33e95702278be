const mark = '\u0001argument:';

/** A binding of a compiled query: a value that never changes, or the name of an argument. */
export type Binding = { readonly name: string } | { readonly value: unknown };

export interface Placeholders {
  /** Stands in for the arguments while the query is built. Its values are no values. */
  readonly args: object;
  /** Which arguments the builder has asked for. */
  readonly asked: ReadonlySet<string>;
}

export function createPlaceholders(): Placeholders {
  const asked = new Set<string>();
  const args = new Proxy(
    {},
    {
      get(_target, name) {
        if (typeof name === 'symbol') return undefined;
        asked.add(name);
        return mark + name;
      },
      // `{ ...args }` would be empty, and the query would lack its columns without a word.
      ownKeys() {
        throw new Error('arguments cannot be spread: write each by its name');
      },
    },
  );
  return { args, asked };
}

/** @throws when an argument was changed on its way into the query: it is only a name so far. */
export function bindingOf(value: unknown): Binding {
  if (typeof value !== 'string' || !value.includes(mark)) return { value };
  const name = value.slice(mark.length);
  if (!value.startsWith(mark) || name.includes(mark)) throw changed(value);
  return { name };
}

/** @throws when the text of a statement contains an argument instead of binding it. */
export function assertNoPlaceholder(text: string): void {
  if (text.includes(mark)) throw changed(text);
}

function changed(value: string): Error {
  const plain = value.replaceAll(mark, '$');
  return new Error(`an argument is a name while the query is built, not a value: ${plain}`);
}
