import * as z from 'zod';
import type { Permission } from './permissions.ts';
import { Id, Instant } from './scalars.ts';

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

/** An event as it leaves the house, by webhook or stream alike (Standard Webhooks). */
export interface Envelope<Type extends string, Data> {
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  readonly timestamp: string;
  readonly data: Data;
}

/**
 * The schema of what leaves the house for one kind; in the document it is called after the kind.
 * Readers have to bear with fields that they do not know, so none of it is closed (`open`).
 */
export function envelope<Type extends string, Data>(type: Type, kind: EventKind<Data>) {
  const { version, description, subject, readableWith, data, example } = kind;
  const numbered = { type: 'integer', format: 'int32', minimum: version, maximum: version };
  return z
    .object({
      id: Id.describe('Of the event: the same however often it is told.'),
      type: z.literal(type).describe('What happened.'),
      version: z.literal(version).meta({
        wire: { ...numbered, enum: [version] },
        description: 'Of the data. It is raised when they mean something else.',
      }),
      timestamp: Instant.describe('When it happened.'),
      data: data.meta({ open: true }),
    })
    .meta({
      id: componentOf(type),
      description,
      open: true,
      'x-subject': subject,
      'x-readable-with': readableWith,
      examples: [
        {
          id: '01994c1e-9b20-7a11-8c3d-4e5f60718293',
          type,
          version,
          timestamp: '2026-11-21T12:00:00.000Z',
          data: example,
        },
      ],
    });
}

/** `AccountCreatedEvent` of `account.created`. */
function componentOf(type: string): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}
