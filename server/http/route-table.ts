/** What an address leads to. */
export interface Match<Entry> {
  readonly entry: Entry;
  /** As sent: percent-encodings are not decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Addresses to the letter, in time that does not grow with their number: those without a
 * parameter in a map, the others in a tree of segments. A fixed segment goes before a parameter.
 */
export class RouteTable<Entry> {
  readonly #fixed = new Map<string, Match<Entry>>();
  readonly #root = new Segment<Entry>();

  /** The entry of a pattern such as `/users/:userId`, made when it is not there yet. */
  entryOf(pattern: string, make: () => Entry): Entry {
    return pattern.includes('/:') ? this.#withParams(pattern, make) : this.#without(pattern, make);
  }

  find(path: string): Match<Entry> | undefined {
    return this.#fixed.get(path) ?? this.#root.find(path, 1);
  }

  #without(path: string, make: () => Entry): Entry {
    const match = this.#fixed.get(path) ?? { entry: make(), params: Object.freeze({}) };
    this.#fixed.set(path, match);
    return match.entry;
  }

  #withParams(pattern: string, make: () => Entry): Entry {
    const names: string[] = [];
    let segment = this.#root;
    for (const text of pattern.slice(1).split('/')) {
      if (text.startsWith(':')) names.push(text.slice(1));
      segment = segment.child(text.startsWith(':') ? undefined : text);
    }
    segment.end ??= { entry: make(), names };
    // Two routes of one address must agree, or one of them would get the other's parameters.
    if (segment.end.names.join() !== names.join()) {
      throw new Error(`${pattern} names its parameters otherwise than its neighbours`);
    }
    return segment.end.entry;
  }
}

class Segment<Entry> {
  end: { readonly entry: Entry; readonly names: readonly string[] } | undefined;
  readonly #fixed = new Map<string, Segment<Entry>>();
  #param: Segment<Entry> | undefined;

  /** The segment with this text; without a text, the one that takes any. */
  child(text: string | undefined): Segment<Entry> {
    if (text === undefined) {
      this.#param ??= new Segment();
      return this.#param;
    }
    const known = this.#fixed.get(text) ?? new Segment<Entry>();
    this.#fixed.set(text, known);
    return known;
  }

  find(path: string, from: number, values: readonly string[] = []): Match<Entry> | undefined {
    if (from > path.length) return this.#match(values);
    const slash = path.indexOf('/', from);
    const end = slash === -1 ? path.length : slash;
    const text = path.slice(from, end);
    const fixed = this.#fixed.get(text)?.find(path, end + 1, values);
    if (fixed || text === '') return fixed;
    return this.#param?.find(path, end + 1, [...values, text]);
  }

  #match(values: readonly string[]): Match<Entry> | undefined {
    if (!this.end) return undefined;
    const { entry, names } = this.end;
    return { entry, params: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])) };
  }
}
