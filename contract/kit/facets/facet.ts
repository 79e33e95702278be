import type { HeaderName } from '../headers.ts';
import type { Json } from '../json.ts';
import type { ProblemCode } from '../problems.ts';

/** A header of a request, as the document lists it. */
export interface HeaderParameter {
  readonly name: string;
  readonly in: 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Json;
}

/** What a facet may look at: an endpoint with its metadata. */
export interface Declaring<Metadata> {
  readonly method: string;
  readonly metadata: Metadata;
  readonly responses: Readonly<Record<number, unknown>>;
  readonly body?: unknown;
}

/**
 * One thing that an endpoint may declare, with everything that follows from it: a file for each.
 * What it makes the server do is a step of its own in `server/operations`.
 */
export interface Facet<Metadata, Declared> {
  /** What the endpoint declares, or what holds where it says nothing; undefined: it is without. */
  read(endpoint: Declaring<Metadata>): Declared | undefined;
  /** What an operation with it may refuse with. */
  readonly problems: readonly ProblemCode[];
  /** The headers that every answer of an operation with it has. */
  readonly headers: readonly HeaderName[];
  /** The headers that a caller may send to an operation with it. */
  parameters?(endpoint: Declaring<Metadata>): readonly HeaderParameter[];
  /** Its part of the operation in the OpenAPI document. */
  describe(declared: Declared): Json;
}
