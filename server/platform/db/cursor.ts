import * as z from 'zod';
import { fromBase64url } from '../base64url.ts';
import { invalidInput } from '../problem-error.ts';

/** What a list can be ordered by: `text`, `timestamptz`, or `smallint` and `integer`. */
export type Kind = 'text' | 'instant' | 'integer';

/** Where a page ended: the last row, and its value as text; null for a row without one. */
export interface Position {
  readonly value: string | null;
  readonly id: string;
}

/** The SQL that writes a value of the kind as text, and the one that reads it again: exactly. */
export const sqlOf: Readonly<Record<Kind, { written: string; read: string }>> = {
  text: { written: '??', read: '?' },
  integer: { written: '??::text', read: '?::int' },
  // A `Date` has no microseconds: rows within one of its milliseconds would be lost or repeated.
  instant: {
    written: `to_char(?? at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    read: '?::timestamptz',
  },
};

/** Cursors come from callers: only what PostgreSQL reads without an error gets through. */
const values: Readonly<Record<Kind, z.ZodType<string>>> = {
  text: z.string().refine((text) => !text.includes('\0')),
  integer: z
    .string()
    .regex(/^-?\d{1,10}$/)
    .refine((text) => z.int32().safeParse(Number(text)).success),
  instant: z.iso
    .datetime()
    .max(27)
    .refine((text) => !text.startsWith('0000')),
};

// Any UUID that PostgreSQL takes: rows may have been imported with ids of no known version.
const Cursor = z.tuple([z.string(), z.string().nullable(), z.guid()]);

export function encodeCursor(sort: string, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/** @throws a problem `validation_failed` when the cursor is not one of this order. */
export function decodeCursor(
  cursor: string,
  sort: string,
  { kind, nullable = false }: { kind: Kind; nullable?: boolean },
): Position {
  const parsed = Cursor.safeParse(parseJson(fromBase64url(cursor)?.toString('utf8') ?? ''));
  const [cursorSort, value = null, id] = parsed.data ?? [];
  const isFitting = value === null ? nullable : values[kind].safeParse(value).success;
  if (id === undefined || cursorSort !== sort || !isFitting) throw invalidCursor();
  return { value, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalidCursor() {
  return invalidInput({
    in: 'query',
    path: 'cursor',
    code: 'invalid_cursor',
    message: 'The cursor does not belong to this list and order',
  });
}
