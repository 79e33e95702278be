import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

/** How large what a document asks for is, with its fragments wherever they are spread. */
export interface Size {
  readonly operations: number;
  readonly fields: number;
  /** Fields below each other. */
  readonly depth: number;
  /** The most fields beside each other. */
  readonly breadth: number;
  readonly aliases: number;
  readonly directives: number;
}

type Part = Omit<Size, 'operations'> & { readonly own: number };

const nothing: Part = { own: 0, fields: 0, depth: 0, breadth: 0, aliases: 0, directives: 0 };

/**
 * One walk over what is written: each fragment is measured once and then counted as often as it is
 * spread, so that fragments of fragments cost no more to judge than to write.
 */
export function sizeOf({ definitions }: DocumentNode): Size {
  const operations = definitions.filter((one) => one.kind === 'OperationDefinition');
  const fragments = definitions.filter((one) => one.kind === 'FragmentDefinition');
  const measure = new Measure(fragments);
  const asked = operations
    .map(({ selectionSet, directives }) => measure.below(selectionSet, directives?.length))
    .reduce(beside, nothing);
  // One that nobody spreads is looked at, too, when the document is validated.
  const own = fragments.filter(({ typeCondition }) => !typeCondition.name.value.startsWith('__'));
  const all = own.map(({ name }) => measure.fragment(name.value)).reduce(larger, asked);
  const { own: _, ...size } = all;
  return { ...size, operations: operations.length };
}

class Measure {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Part>();

  constructor(fragments: readonly FragmentDefinitionNode[]) {
    this.#fragments = new Map(fragments.map((one) => [one.name.value, one]));
  }

  /** What lies in these braces. */
  below(set: SelectionSetNode | undefined, directives = 0): Part {
    let whole: Part = { ...nothing, directives };
    for (const selection of set?.selections ?? []) whole = added(whole, this.#of(selection));
    return { ...whole, breadth: Math.max(whole.breadth, whole.own) };
  }

  #of(selection: SelectionNode): Part {
    const directives = selection.directives?.length ?? 0;
    if (selection.kind === 'Field') return this.#field(selection, directives);
    if (selection.kind === 'InlineFragment') return this.below(selection.selectionSet, directives);
    const spread = this.fragment(selection.name.value);
    return { ...spread, directives: spread.directives + directives };
  }

  #field({ name, alias, selectionSet }: FieldNode, directives: number): Part {
    const inner = this.below(selectionSet, directives);
    const fields = inner.fields + 1;
    const aliases = inner.aliases + (alias ? 1 : 0);
    // The schema's own description has a depth of its own, and a rule of its own.
    const isDescription = name.value.startsWith('__');
    const { depth, breadth } = isDescription ? nothing : inner;
    return { own: 1, fields, depth: depth + 1, breadth, aliases, directives: inner.directives };
  }

  fragment(name: string): Part {
    const known = this.#known.get(name);
    if (known) return known;
    // One that spreads itself is no document; it says so when it is validated.
    this.#known.set(name, nothing);
    const fragment = this.#fragments.get(name);
    const part = this.below(fragment?.selectionSet, fragment?.directives?.length);
    this.#known.set(name, part);
    return part;
  }
}

/** Two that are written one after the other. */
function added(one: Part, other: Part): Part {
  return { ...beside(one, other), own: one.own + other.own };
}

function beside(one: Part, other: Part): Part {
  return {
    own: 0,
    fields: one.fields + other.fields,
    depth: Math.max(one.depth, other.depth),
    breadth: Math.max(one.breadth, other.breadth),
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
  };
}

function larger(one: Part, other: Part): Part {
  const sizes = Object.entries(one).map(([name, size]) => [
    name,
    Math.max(size, other[name as keyof Part]),
  ]);
  return Object.fromEntries(sizes) as unknown as Part;
}
