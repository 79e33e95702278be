import type { Model, QueryBuilder } from 'objection';
import * as z from 'zod';
import { fromBase64url } from '../base64url.ts';
import { invalidInput } from '../problem-error.ts';

/**
 * The sort orders of a list: the contract's name of the order → its column. Columns are listed,
 * never taken from the caller. Instants have milliseconds, as the application's clock writes them.
 */
export interface Keyset {
  readonly orders: Readonly<Record<string, { column: string; kind: 'text' | 'instant' }>>;
  /** The order when none is asked for. */
  readonly usual: string;
}

export interface PageRequest {
  /** A name of the keyset, with `-` in front for descending. */
  readonly sort?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly includeTotal?: boolean | undefined;
}

export interface KeysetPage<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

const usualLimit = 50;

const Cursor = z.tuple([z.string(), z.string(), z.uuid()]);

/** Pages by position, not by number: stable while rows come and go, and as fast at the end. */
export async function keysetPage<M extends Model & { id: string }>(
  query: QueryBuilder<M>,
  keyset: Keyset,
  { sort = keyset.usual, limit = usualLimit, cursor, includeTotal }: PageRequest,
): Promise<KeysetPage<M>> {
  const isDescending = sort.startsWith('-');
  const order = keyset.orders[isDescending ? sort.slice(1) : sort];
  if (!order) throw new Error(`The contract lists the order ${sort}, but the keyset does not`);
  const table = query.modelClass().tableName;
  const [column, id] = [`${table}.${order.column}`, `${table}.id`];

  const total = includeTotal ? { total: await query.clone().resultSize() } : {};
  if (cursor) {
    const [value, lastId] = decode(cursor, sort, order.kind);
    const comparison = isDescending ? '<' : '>';
    query.whereRaw(`(??, ??) ${comparison} (?, ?)`, [column, id, value, lastId]);
  }
  const direction = isDescending ? 'desc' : 'asc';
  // One row more than asked for tells whether there is a next page.
  const rows = await query
    .orderBy(column, direction)
    .orderBy(id, direction)
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last ? encode(sort, last, order.column) : null;
  return { items, nextCursor, ...total };
}

function encode(sort: string, row: Model & { id: string }, column: string): string {
  const value = (row as unknown as Record<string, unknown>)[column];
  const text = value instanceof Date ? value.toISOString() : String(value);
  return Buffer.from(JSON.stringify([sort, text, row.id])).toString('base64url');
}

function decode(cursor: string, sort: string, kind: 'text' | 'instant'): [string | Date, string] {
  const parsed = Cursor.safeParse(parseJson(fromBase64url(cursor)?.toString('utf8') ?? ''));
  const [cursorSort, text, id] = parsed.data ?? [];
  const isInstant = kind === 'instant';
  const isFitting =
    cursorSort === sort &&
    text !== undefined &&
    !text.includes('\0') &&
    (!isInstant || z.iso.datetime().safeParse(text).success);
  if (!isFitting || id === undefined) {
    throw invalidInput({
      in: 'query',
      path: 'cursor',
      code: 'invalid_cursor',
      message: 'The cursor does not belong to this list and order',
    });
  }
  return [isInstant ? new Date(text) : text, id];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
