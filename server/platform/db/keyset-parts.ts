import { type Model, type QueryBuilder, raw } from 'objection';
import { type Kind, type Position, sqlOf } from './cursor.ts';

/** One sort order of a list. */
export interface Order {
  readonly column: string;
  readonly kind: Kind;
  /** Rows without a value come last, in either direction. */
  readonly nullable?: true;
}

export interface Ordered extends Order {
  readonly isDescending: boolean;
}

/** Which rows, in their order: those with a value come before those without. */
export type Part = 'first' | 'after' | 'withoutValue' | 'withoutValueAfter';

export interface PartArguments extends Partial<Position> {
  readonly count: number;
}

/**
 * A page's rows with a value and those without are two statements, each of which reads an index on
 * (column, id) from where it should begin. One for both would have to sort, or to filter all rows.
 */
export function partOf<M extends Model>(
  query: QueryBuilder<M>,
  { kind, nullable, isDescending, column: name }: Ordered,
  part: Part,
  args: PartArguments,
): QueryBuilder<M> {
  const { tableName } = query.modelClass();
  const [column, id] = [`${tableName}.${name}`, `${tableName}.id`];
  const [direction, behind] = isDescending ? (['desc', '<'] as const) : (['asc', '>'] as const);
  const { written, read } = sqlOf[kind];
  if (!query.hasSelects()) query.select(`${tableName}.*`);
  query.select(raw(written, [column]).as('keysetValue'));
  if (part === 'first' || part === 'after') {
    if (nullable) query.whereNotNull(column);
    if (part === 'after') {
      query.whereRaw(`(??, ??) ${behind} (${read}, ?)`, [column, id, args.value, args.id]);
    }
  } else {
    query.whereNull(column);
    if (part === 'withoutValueAfter') query.where(id, behind, args.id as string);
  }
  // `limit` would take a number only, and a compiled statement has the name of an argument here.
  return query.orderByRaw(`?? ${direction}, ?? ${direction} limit ?`, [column, id, args.count]);
}
