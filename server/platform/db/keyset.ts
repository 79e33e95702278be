import { type Model, type QueryBuilder, raw } from 'objection';
import { decodeCursor, encodeCursor, type Kind, type Position, sqlOf } from './cursor.ts';

/** One sort order of a list. */
export interface Order {
  readonly column: string;
  readonly kind: Kind;
  /** Rows without a value come last, in either direction. */
  readonly nullable?: true;
}

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

/** Pages by position, not by number: stable while rows come and go, and as fast at the end. */
export async function keysetPage<M extends Model & { id: string }>(
  query: QueryBuilder<M>,
  keyset: Keyset,
  { sort = keyset.usual, limit = usualLimit, cursor, ...include }: PageRequest<Keyset>,
): Promise<KeysetPage<M>> {
  const isDescending = sort.startsWith('-');
  const order = keyset.orders[isDescending ? sort.slice(1) : sort];
  if (!order) throw new Error(`The keyset has no order ${sort}`);
  const start = cursor ? decodeCursor(cursor, sort, order) : undefined;
  const total = include.includeTotal ? { total: await query.clone().resultSize() } : {};
  // One row more than asked for tells whether there is a next page.
  const rows = await rowsAfter(query, { ...order, isDescending, count: limit + 1 }, start);
  const positions = rows.map(takePosition);
  const last = rows.length > limit ? positions[limit - 1] : undefined;
  const nextCursor = last ? encodeCursor(sort, last) : null;
  const cursorsOf = () => positions.slice(0, limit).map((one) => encodeCursor(sort, one));
  const each = include.includeCursors ? { cursors: cursorsOf() } : {};
  return { items: rows.slice(0, limit), nextCursor, ...each, ...total };
}

interface Wanted extends Order {
  readonly isDescending: boolean;
  readonly count: number;
}

/**
 * First the rows with a value, then those without: two statements, each of which reads an index on
 * (column, id) from where it should begin. One for both would have to sort, or to filter all rows.
 */
async function rowsAfter<M extends Model>(
  query: QueryBuilder<M>,
  { kind, nullable, isDescending, count, column: name }: Wanted,
  start: Position | undefined,
): Promise<M[]> {
  const { tableName } = query.modelClass();
  const [column, id] = [`${tableName}.${name}`, `${tableName}.id`];
  const [direction, after] = isDescending ? (['desc', '<'] as const) : (['asc', '>'] as const);
  const { written, read } = sqlOf[kind];
  const ordered = (rows: number) => {
    const part = query.clone().orderBy(column, direction).orderBy(id, direction).limit(rows);
    if (!part.hasSelects()) part.select(`${tableName}.*`);
    return part.select(raw(written, [column]).as('keysetValue'));
  };
  const withValue = () => {
    const part = ordered(count);
    if (nullable) part.whereNotNull(column);
    if (!start) return part;
    return part.whereRaw(`(??, ??) ${after} (${read}, ?)`, [column, id, start.value, start.id]);
  };
  const withoutValue = (rows: number) => {
    const part = ordered(rows).whereNull(column);
    return start?.value === null ? part.where(id, after, start.id) : part;
  };
  const found: M[] = start?.value === null ? [] : await withValue();
  if (!nullable || found.length === count) return found;
  return [...found, ...(await withoutValue(count - found.length))];
}

/** The position that the query read beside the row; nobody else sees it. */
function takePosition(row: Model & { id: string; keysetValue?: string | null }): Position {
  const { id, keysetValue: value = null } = row;
  delete row.keysetValue;
  return { value, id };
}
