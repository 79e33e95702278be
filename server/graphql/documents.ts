import { createHash } from 'node:crypto';
import { problem } from '../platform/problem-error.ts';
import type { GraphqlParams } from './params.ts';

/** Documents by the SHA-256 of their text. */
export type Documents = ReadonlyMap<string, string>;

/**
 * The document of a request: its own, or one of those that are kept here. Where some are, nothing else
 * is performed, whichever way it is asked for. @throws `unknown_document`, `malformed_request`.
 */
export function documentOf(params: GraphqlParams, documents: Documents | undefined): string {
  const { query } = params;
  const id = idIn(params);
  if (query === undefined && id === undefined) {
    throw problem('malformed_request', { detail: '`query` is missing.' });
  }
  if (!documents && query !== undefined) return query;
  const document = documents?.get(query === undefined ? (id ?? '') : hashOf(query));
  if (document === undefined) throw problem('unknown_document');
  return document;
}

/** As the specification of GraphQL over HTTP spells it (`documentId`), or Apollo's clients. */
function idIn({ documentId, extensions }: GraphqlParams): string | undefined {
  if (documentId !== undefined) return documentId.replace(/^sha256:/, '');
  const persisted = extensions?.['persistedQuery'] as { sha256Hash?: unknown } | null | undefined;
  const hash = persisted?.sha256Hash;
  return typeof hash === 'string' ? hash : undefined;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
