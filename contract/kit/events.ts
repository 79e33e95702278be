import type * as z from 'zod';

/** A kind of event: what happened, told to whoever asked to hear of it. */
export interface EventKind<Data> {
  /** Raised when the data changes in a way that a reader must know of. */
  readonly version: number;
  readonly description: string;
  readonly data: z.ZodType<Data>;
  readonly example: Data;
}

export function event<Data>(kind: EventKind<Data>): EventKind<Data> {
  return kind;
}
