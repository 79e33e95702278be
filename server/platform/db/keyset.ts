import type { Model, QueryBuilder } from 'objection';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';
import { type Order, type Ordered, type Part, type PartArguments, partOf } from './keyset-parts.ts';

/**
 * The sort orders of a list: the contract's name of the order → its column. Columns are listed,
 * never taken from the caller.
 */
export interface Keyset<Name extends string = string> {
  readonly table: string;
  readonly orders: Readonly<Record<Name, Order>>;
  /** The order when none is asked for; `-` in front for descending. */
  readonly usual: Name | `-${Name}`;
}

/** The orders of a model's list: a column that may be null does not compile unless it says so. */
export function keysetOf<Row extends Model, Name extends string>(
  model: { new (): Row; tableName: string },
  list: { orders: Readonly<Record<Name, OrderOf<Row>>>; usual: NoInfer<Name | `-${Name}`> },
): Keyset<Name> {
  return { table: model.tableName, ...list };
}

type OrderOf<Row> = {
  [Column in keyof Row & string]-?: {
    readonly column: Column;
    readonly kind: KindOf<NonNullable<Row[Column]>>;
  } & (null extends Row[Column] ? { readonly nullable: true } : { readonly nullable?: never });
}[keyof Row & string];

type KindOf<Value> = Value extends Date
  ? 'instant'
  : Value extends string
    ? 'text'
    : Value extends number
      ? 'integer'
      : never;

/** What a caller may ask of a list: an order that its keyset has, or the contract does not fit. */
export interface PageRequest<List extends Keyset = Keyset> {
  readonly sort?: List['usual'] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly includeTotal?: boolean | undefined;
  readonly includeCursors?: boolean | undefined;
}

export interface KeysetPage<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
  /** Of each item, the position behind it. */
  readonly cursors?: string[];
  readonly total?: number;
}

const usualLimit = 50;

/** What a page is read from: a query, or statements that were compiled from one. */
export interface PageSource<M> {
  readonly rows: (order: Ordered, part: Part, args: PartArguments) => Promise<M[]>;
  readonly total: () => Promise<number>;
}

type Row = Model & { id: string };

export function pageOfQuery<M extends Row>(query: QueryBuilder<M>): PageSource<M> {
  return {
    rows: async (order, part, args) => partOf(query.clone(), order, part, args),
    total: () => query.clone().resultSize(),
  };
}

/** Pages by position, not by number: stable while rows come and go, and as fast at the end. */
export async function keysetPage<M extends Row>(
  source: PageSource<M>,
  keyset: Keyset,
  { sort = keyset.usual, limit = usualLimit, cursor, ...include }: PageRequest<Keyset>,
): Promise<KeysetPage<M>> {
  const order = orderOf(keyset, sort);
  const start = cursor ? decodeCursor(cursor, sort, order) : undefined;
  const total = include.includeTotal ? { total: await source.total() } : {};
  // One row more than asked for tells whether there is a next page.
  const rows = await rowsAfter(source, order, limit + 1, start);
  const positions = rows.map(takePosition);
  const last = rows.length > limit ? positions[limit - 1] : undefined;
  const nextCursor = last ? encodeCursor(sort, last) : null;
  const cursorsOf = () => positions.slice(0, limit).map((one) => encodeCursor(sort, one));
  const each = include.includeCursors ? { cursors: cursorsOf() } : {};
  return { items: rows.slice(0, limit), nextCursor, ...each, ...total };
}

/** @param sort the name of one of its orders; `-` in front for descending. */
export function orderOf({ orders }: Keyset, sort: string): Ordered {
  const isDescending = sort.startsWith('-');
  const order = orders[isDescending ? sort.slice(1) : sort];
  if (!order) throw new Error(`The keyset has no order ${sort}`);
  return { ...order, isDescending };
}

/** First the rows with a value, then those without. */
async function rowsAfter<M>(
  source: PageSource<M>,
  order: Ordered,
  count: number,
  start: Position | undefined,
): Promise<M[]> {
  if (start?.value === null) return source.rows(order, 'withoutValueAfter', { ...start, count });
  const found = await source.rows(order, start ? 'after' : 'first', { ...start, count });
  const missing = count - found.length;
  if (!order.nullable || missing === 0) return found;
  return [...found, ...(await source.rows(order, 'withoutValue', { count: missing }))];
}

/** The position that the query read beside the row; nobody else sees it. */
function takePosition(row: Row & { keysetValue?: string | null }): Position {
  const { id, keysetValue: value = null } = row;
  delete row.keysetValue;
  return { value, id };
}
