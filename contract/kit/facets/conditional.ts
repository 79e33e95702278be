import type { AppRoute } from '@ts-rest/core';
import * as z from 'zod';
import type { Facet } from './facet.ts';

export interface ConditionalMetadata {
  /**
   * Answers carry the `ETag` of what they show, and the caller may say on which one the call depends
   * (RFC 9110, 13): a read answers 304 to whoever has it already, a change 412 to whoever has seen
   * another one. `required`: no change without saying so (428).
   */
  readonly conditional?: true | 'required';
}

/** What the method lets an endpoint declare: anything else does not compile. */
export type ConditionalByMethod =
  | { readonly method: 'GET'; readonly metadata: { readonly conditional?: true } }
  | { readonly method: 'POST'; readonly metadata: { readonly conditional?: never } }
  | { readonly method: 'PUT' | 'PATCH' | 'DELETE'; readonly metadata: ConditionalMetadata };

/** What the server must know to judge the conditions of a call. */
export interface Conditional {
  readonly isRead: boolean;
  readonly isRequired: boolean;
  /**
   * What is tagged: the schema of what a read of this address answers; undefined: bytes, whose answer
   * says what they are.
   */
  readonly represented: z.ZodType | undefined;
}

export const conditional: Facet<ConditionalMetadata, true> = {
  read: ({ metadata }) => (metadata.conditional ? true : undefined),
  problems: ['malformed_request', 'precondition_failed'],
  // `ETag` stands on good answers only: a refusal is no state of the thing.
  headers: [],
  parameters: ({ method, metadata }) =>
    method === 'GET' ? [ifNoneMatch] : [ifMatch(metadata.conditional === 'required')],
  describe: () => ({ 'x-conditional': true }),
};

export const requiredCondition: Facet<ConditionalMetadata, 'required'> = {
  read: ({ metadata }) => (metadata.conditional === 'required' ? 'required' : undefined),
  problems: ['precondition_required'],
  headers: [],
  describe: () => ({}),
};

const tags = {
  type: 'string',
  minLength: 1,
  maxLength: 8000,
  examples: ['"dnQCFhcVkZA829GPvHcN9EfFsWcQBcoAIJIqRlu6AXI"'],
};

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header' as const,
  required: false,
  description:
    'The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is 304 and has no body.',
  schema: tags,
};

function ifMatch(required: boolean) {
  return {
    name: 'If-Match',
    in: 'header' as const,
    required,
    description:
      'The `ETag` of what the caller has seen, several, or `*`: where it is another by now, nothing is changed and the answer is 412.',
    schema: tags,
  };
}

interface Conditioned extends Pick<AppRoute, 'method' | 'path' | 'responses'> {
  readonly metadata: ConditionalMetadata & { readonly streams?: unknown };
}

/**
 * What is tagged is what a read of the same address answers: JSON, or a stream that is read only.
 * @throws at start where there is no such read, or where it answers a page.
 */
export function conditionalOf(
  name: string,
  route: Conditioned,
  siblings: readonly Conditioned[],
): Conditional | undefined {
  const declared = route.metadata.conditional;
  if (!declared) return undefined;
  const read = siblings.find(
    ({ method, path, metadata }) => method === 'GET' && path === route.path && metadata.conditional,
  );
  const isRead = route.method === 'GET';
  const isRequired = declared === 'required';
  const represented = read?.responses[200];
  if (isRead && read?.metadata.streams) return { isRead, isRequired, represented: undefined };
  if (!(represented instanceof z.ZodType) || read?.metadata.streams || isPage(represented)) {
    throw new Error(`${name} is conditional, but nothing conditional is read at ${route.path}`);
  }
  return { isRead, isRequired, represented };
}

function isPage(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && 'nextCursor' in schema.shape;
}
