import { canonical, objectIn, type Source } from './source.ts';

const schemas = '#/components/schemas/';

/** Which shared schemas are the same on both sides, with all that they refer to. */
export class Unchanged {
  readonly #names: Set<string>;

  constructor(before: Source, after: Source) {
    const [old, now] = [before.schemas, after.schemas];
    const same = Object.keys(old).flatMap((name) => {
      const text = canonical(old[name]);
      const isKept = Object.hasOwn(now, name) && canonical(now[name]) === text;
      return isKept && !mayHaveHeirs(old[name]) ? [[name, text]] : [];
    });
    const texts = new Map(same as [string, string][]);
    this.#names = new Set(texts.keys());
    // What refers to something that changed has changed; until nothing more is found.
    for (let size = -1; size !== this.#names.size; ) {
      size = this.#names.size;
      for (const name of [...this.#names]) {
        if (!this.isSame(texts.get(name) ?? '')) this.#names.delete(name);
      }
    }
  }

  /** Whether a text that stands on both sides refers to nothing that has changed. */
  isSame(text: string): boolean {
    return [...text.matchAll(/"\$ref":"([^"]*)"/g)].every(([, pointer = '']) => {
      return pointer.startsWith(schemas) && this.#names.has(pointer.slice(schemas.length));
    });
  }
}

/** What builds on it belongs to it, and is not named in it. */
function mayHaveHeirs(schema: unknown): boolean {
  const { discriminator, oneOf, anyOf } = objectIn(schema);
  return discriminator !== undefined && oneOf === undefined && anyOf === undefined;
}
