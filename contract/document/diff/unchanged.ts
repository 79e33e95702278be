import type { Json } from '../../kit/json.ts';
import { canonical, objectIn, type Source } from './source.ts';

const schemas = '#/components/schemas/';

/** Which shared schemas are the same on both sides, with all that they refer to. */
export class Unchanged {
  readonly #names: Set<string>;

  constructor(before: Source, after: Source) {
    const [old, now] = [schemasIn(before), schemasIn(after)];
    const same = Object.keys(old).flatMap((name) => {
      const text = canonical(old[name]);
      return Object.hasOwn(now, name) && canonical(now[name]) === text ? [[name, text]] : [];
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

function schemasIn({ root }: Source): Json {
  return objectIn(objectIn(root.components).schemas);
}
