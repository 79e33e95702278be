import type { OpenApiDocument, OpenApiOperation } from '../../contract/document/openapi.ts';
import { literal, schemaName } from './names.ts';
import { jsdoc } from './prose.ts';
import { componentOf, type JsonSchema } from './types.ts';
import { valueText } from './values.ts';

interface Media {
  readonly schema?: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly value?: unknown }>;
}

/** The smallest picture: one dot. */
const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The contract's examples of what is answered: each is written once, by the name of its shape. */
export class Examples {
  readonly #document: OpenApiDocument;
  readonly #known = new Map<string, { readonly shape: string; readonly text: string }>();

  constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  /** Those of an answer, as they are written where they are used. */
  of({ responses }: OpenApiOperation, status: number): string[] {
    const { content = {} } = (responses[status] ?? {}) as { content?: Record<string, Media> };
    const media = content['application/json'];
    const variants = media ? this.#variants(media) : [];
    const distinct = new Map(
      variants.map(([id, value]) => [valueText(value), [id, value] as const]),
    );
    return [...distinct.values()].map(([id, value]) => this.#named(id, value));
  }

  /** One for each variant of the shape that has an example of its own. */
  #variants({ schema = {}, example, examples }: Media): [string | undefined, unknown][] {
    const id = schema.$ref && componentOf(schema.$ref);
    const given = Object.values(examples ?? {}).flatMap(({ value }) => (value ? [value] : []));
    const first = example === undefined ? given : [example, ...given];
    const variants = this.#schema(id)?.oneOf?.flatMap(({ $ref }) => {
      const name = $ref && componentOf($ref);
      const [own] = this.#schema(name)?.examples ?? [];
      return own === undefined ? [] : [[name, own] as [string | undefined, unknown]];
    });
    return [
      ...first.map((value) => [id, value] as [string | undefined, unknown]),
      ...(variants ?? []),
    ];
  }

  /** The least that is a file of its type; of events, one. */
  bytes(type: string): string {
    if (type === 'image/png') return 'examples.picture';
    return literal(type === 'text/event-stream' ? this.#message() : '');
  }

  #message(): string {
    const [told] = Object.values(this.#document.webhooks ?? {});
    const { content = {} } = (told?.post.requestBody ?? {}) as { content?: Record<string, Media> };
    const event = content['application/json']?.example as { id: string; type: string } | undefined;
    if (!event) return ': nothing happens\n\n';
    return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  }

  #schema(id: string | undefined): (JsonSchema & { examples?: unknown[] }) | undefined {
    return id === undefined ? undefined : this.#document.components.schemas[id];
  }

  #named(id: string | undefined, value: unknown): string {
    const text = valueText(value);
    if (!id) return valueText(value, '    ');
    const shape = schemaName(id);
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? shape : `${shape}${count}`;
      const known = this.#known.get(name);
      if (known && known.text !== text) continue;
      this.#known.set(name, { shape, text });
      return `examples.${name}`;
    }
  }

  /** `msw/examples.ts` */
  file(): string {
    const sorted = [...this.#known].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const written = sorted.map(
      ([name, { shape, text }]) => `export const ${name}: shapes.${shape} = ${text};\n`,
    );
    return [
      written.length > 0 ? "import type * as shapes from '../schemas.ts';\n\n" : '',
      ...written.map((text) => `${text}\n`),
      jsdoc('The smallest picture: one dot.'),
      'export const picture: Uint8Array = Uint8Array.from(\n',
      `  atob(\n    '${picture}',\n  ),\n  (character) => character.charCodeAt(0),\n);\n`,
    ].join('');
  }
}
