import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Parsed, a document takes a hundred times the memory of its text: a few tens of megabytes in all. */
const maxCharacters = 250_000;

/** Documents that were sent lately are not parsed, nor validated, again. What is none is not kept. */
export function parsedLately() {
  return {
    documentCache: new LRUCache<string, DocumentNode>({
      maxSize: maxCharacters,
      sizeCalculation: (_document, text) => text.length,
    }),
    errorCache: { get: () => undefined, set: () => {} },
  };
}
