import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { seedOf } from '../../contract/document/sample/draw.ts';
import { sampleOf } from '../../contract/document/sample/sample.ts';
import type { Json } from '../../contract/kit/json.ts';
import type { Operation } from '../../contract/kit/operations.ts';

/** What the document says of answers, and values that keep it. */
export class Described {
  readonly #document: OpenApiDocument;
  readonly #seed: number;

  constructor(document: OpenApiDocument, seed: number) {
    this.#document = document;
    this.#seed = seed;
  }

  /** The JSON that an operation answers with a status; undefined: none. */
  schemaOf({ route: { method, path } }: Operation, status: number): Json | undefined {
    const known = this.#document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const { content } = (known?.responses[status] ?? {}) as { content?: Record<string, Media> };
    return content?.['application/json']?.schema;
  }

  /** The example, or with another seed than 0 something like it. */
  sample(schema: Json, place: string, like?: unknown): unknown {
    const seed = this.#seed === 0 ? 0 : seedOf(this.#seed, place);
    return this.#make(schema, seed, like);
  }

  /** One of many: never the example, of which there is only one. */
  row(schema: Json, place: string, like?: unknown): Json {
    return this.#make(schema, seedOf(this.#seed, place), like) as Json;
  }

  /** A field of an object, wherever its schema stands. */
  field(schema: Json, name: string): Json | undefined {
    return (this.resolved(schema).properties as Record<string, Json> | undefined)?.[name];
  }

  resolved(schema: Json): Json {
    const name = (schema.$ref as string | undefined)?.split('/').at(-1);
    return name === undefined ? schema : (this.schemas[name] ?? {});
  }

  get schemas(): Record<string, Json> {
    return this.#document.components.schemas;
  }

  #make(schema: Json, seed: number, like?: unknown): unknown {
    return sampleOf(schema, { schemas: this.schemas, seed, like });
  }
}

interface Media {
  readonly schema: Json;
}
