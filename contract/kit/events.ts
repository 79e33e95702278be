import type * as z from 'zod';
import type { Permission } from './permissions.ts';

/** A kind of event: what happened, told to whoever asked to hear of it. */
export interface EventKind<Data> {
  /** Raised when the data changes in a way that a reader must know of. */
  readonly version: number;
  readonly description: string;
  /**
   * The field of the data that names what it is about: events about one thing are told in order.
   * What is about an account, its owner may hear.
   */
  readonly subject: string;
  /** What somebody must hold to hear of what is not about their own account. */
  readonly readableWith: Permission;
  readonly data: z.ZodType<Data>;
  readonly example: Data;
}

export function event<Data>(kind: EventKind<Data> & { subject: keyof Data }): EventKind<Data> {
  return kind;
}
