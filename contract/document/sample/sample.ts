import type { Json } from '../../kit/json.ts';
import { draw, drawOf, type Seed, seedOf } from './draw.ts';
import { numberFor } from './numbers.ts';
import { chosen, fieldsOf, isKept, type Schemas, type Shape, shapeOf } from './shape.ts';
import { textFor } from './texts.ts';

export interface SampleOptions {
  /** `components.schemas` of the document that the schema stands in. */
  readonly schemas: Schemas;
  /**
   * The same seed makes the same value. 0, or nothing: the example of the schema as it stands, where
   * it has one, and otherwise what the examples of its parts make.
   */
  readonly seed?: Seed;
  /** What is known of the value already, field by field; what breaks the schema is not taken. */
  readonly like?: unknown;
}

/**
 * A value that keeps a JSON Schema of the document: examples first, and what differs from one thing
 * of a kind to the next as the seed draws it.
 * @throws where nothing can be made, and an example would help.
 */
export function sampleOf(schema: Json, { schemas, seed = 0, like }: SampleOptions): unknown {
  const sampler = new Sampler(schemas, seed === 0);
  return sampler.make({ schema, field: '', seed, row: seed, hint: undefined, like });
}

interface Place {
  readonly schema: Json;
  /** What the field is called that this is the value of. */
  readonly field: string;
  /** Of this value alone. */
  readonly seed: Seed;
  /** Of the thing that it is a part of. */
  readonly row: Seed;
  /** What the example of something around it has here. */
  readonly hint: unknown;
  readonly like: unknown;
}

class Sampler {
  readonly #schemas: Schemas;
  readonly #isExact: boolean;

  constructor(schemas: Schemas, isExact: boolean) {
    this.#schemas = schemas;
    this.#isExact = isExact;
  }

  make(place: Place): unknown {
    const shape = shapeOf(place.schema, this.#schemas);
    const here = { ...place, hint: this.#hintOf(shape, place) };
    if (shape.either) return this.make({ ...here, schema: this.#option(shape.either, here) });
    const { like, hint } = here;
    if (shape.types.includes('null') && (like === undefined ? hint : like) === null) return null;
    return this.#typed(shape, here);
  }

  /** A thing looks like its example; what is null there is not always null. */
  #hintOf({ schema }: Shape, { hint, seed }: Place): unknown {
    const { examples = [] } = schema as { examples?: unknown[] };
    const isKnown = hint !== undefined && (hint !== null || this.#isExact || draw(seed, 4) > 0);
    if (isKnown) return hint;
    return this.#isExact ? examples[0] : drawOf(seedOf(seed, 'example'), examples);
  }

  #option(either: readonly Json[], { seed, hint, like }: Place): Json {
    const wanted = like === undefined ? hint : like;
    const fitting = either.filter((one) => chosen(one, wanted, this.#schemas));
    const options = fitting.length > 0 ? fitting : either;
    const isDecided = this.#isExact || wanted !== undefined;
    return (isDecided ? options[0] : drawOf(seedOf(seed, 'option'), options)) as Json;
  }

  #typed(shape: Shape, place: Place): unknown {
    const { schema, types } = shape;
    const options = schema.enum as unknown[] | undefined;
    if (options) return this.#oneOf(options, place);
    if (isKept(shape, place.like)) return place.like;
    const type = types.find((one) => one !== 'null');
    const here = { ...place, schema, isExact: this.#isExact };
    if (type === 'object') return this.#object(here);
    if (type === 'array') return this.#array(here);
    if (type === 'string') return textFor(here);
    if (type === 'integer' || type === 'number') return numberFor(here);
    if (type === 'boolean') return this.#boolean(place);
    return types.includes('null') ? null : (place.hint ?? {});
  }

  #oneOf(options: readonly unknown[], { seed, hint, like }: Place): unknown {
    if (options.includes(like)) return like;
    if (!this.#isExact) return drawOf(seed, options);
    return options.includes(hint) ? hint : options[0];
  }

  #boolean({ seed, hint }: Place): boolean {
    const usual = hint === true;
    return this.#isExact || draw(seed, 3) > 0 ? usual : !usual;
  }

  #array({ schema, seed, field, hint, like }: Place): unknown[] {
    const { minItems = 0, maxItems = 50, items } = schema as ArrayBounds;
    if (items === undefined)
      return Array.isArray(like ?? hint) ? ((like ?? hint) as unknown[]) : [];
    const [ours, theirs] = [listed(like), listed(hint) ?? []];
    const usual = this.#isExact ? theirs.length : draw(seedOf(seed, 'length'), theirs.length + 3);
    const length = Math.min(maxItems, Math.max(minItems, ours?.length ?? usual));
    const all = Array.from({ length }, (_, at) => {
      const row = seedOf(seed, at);
      const example = theirs[at % Math.max(1, theirs.length)];
      return this.make({ schema: items, field, seed: row, row, hint: example, like: ours?.[at] });
    });
    const others = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
    return others.length < minItems || ours ? all : others;
  }

  #object({ schema, seed, row, hint, like }: Place): Json {
    const { properties, required = [] } = schema as ObjectParts;
    const [ours, theirs] = [fieldsOf(like), fieldsOf(hint)];
    if (!properties) return ours ?? theirs ?? {};
    // What need not be there belongs together: the example knows what goes with what.
    const isThere = (name: string) =>
      required.includes(name) || [ours, theirs].some((known) => known && name in known);
    const fields = Object.entries(properties).filter(([name]) => isThere(name));
    return Object.fromEntries(
      fields.map(([field, part]) => {
        const [own, known] = [ours?.[field], theirs?.[field]];
        const of = { field, seed: seedOf(seed, field), row, hint: known, like: own };
        return [field, this.make({ schema: part, ...of })];
      }),
    );
  }
}

interface ArrayBounds {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Json;
}

interface ObjectParts {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}

function listed(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
