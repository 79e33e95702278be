import { randomUUIDv7 } from 'node:crypto';
import { type Model, type Page, QueryBuilder } from 'objection';
import type { Only } from '../exact.ts';
import { invalidInput } from '../problem-error.ts';
import {
  type Keyset,
  type KeysetPage,
  keysetPage,
  type PageRequest,
  pageOfQuery,
} from './keyset.ts';

/** The verbs that every table has. A noun's own scopes are plain functions for `.modify`. */
export class AppQuery<M extends Model, R = M[]> extends QueryBuilder<M, R> {
  declare ArrayQueryBuilderType: AppQuery<M, M[]>;
  declare SingleQueryBuilderType: AppQuery<M, M>;
  declare MaybeSingleQueryBuilderType: AppQuery<M, M | undefined>;
  declare NumberQueryBuilderType: AppQuery<M, number>;
  declare PageQueryBuilderType: AppQuery<M, Page<M>>;

  /** Inserts a row with a new UUIDv7; instants come from the caller's clock. */
  create<Row extends NewRow<M>>(row: Only<Row, NewRow<M>>, now: Date) {
    // Objection's own type of a row knows neither which columns it needs nor which there are.
    return this.insert({ id: randomUUIDv7(), createdAt: now, updatedAt: now, ...row } as never);
  }

  /** Changes the rows that match and says how many did. */
  change<Row extends Changes<M>>(row: Only<Row, Changes<M>>, now: Date) {
    return this.patch({ ...row, updatedAt: now } as never);
  }

  /** Also rows that were softly deleted. Keyed by table: a joined table stays filtered. */
  withDeleted(): this {
    return this.context({ [withDeletedKey(this.modelClass().tableName)]: true });
  }

  /** Whether a row matches, leaving out the row with this id. */
  async existsOther(id: string | undefined, match: Changes<M>): Promise<boolean> {
    const query = this.where(match as never).select('id');
    const row = await (id === undefined ? query : query.whereNot('id', id)).first();
    return row !== undefined;
  }

  /**
   * The half-open range from ≤ column < before; an end that is missing is open.
   * @param field the query parameter of its end.
   * @throws a problem `validation_failed` for a range that ends before it begins.
   */
  inRange(
    column: string,
    { from, before }: { from?: Date; before?: Date },
    field = 'before',
  ): this {
    if (from && before && before < from) throw reversedRange(field);
    if (from) this.where(column, '>=', from);
    if (before) this.where(column, '<', before);
    return this;
  }

  /**
   * A filter that is left in the request was forgotten, and does not compile.
   * @throws a problem `validation_failed` when the cursor does not fit the order.
   */
  keysetPage<List extends Keyset, Request extends PageRequest<NoInfer<List>>>(
    keyset: List,
    request: Only<Request, PageRequest>,
  ): Promise<KeysetPage<M>> {
    return keysetPage(pageOfQuery<never>(this as never), keyset, request);
  }
}

/** Whatever a model declares; what is optional is no column but a relation. */
type Columns<M> = {
  [Name in keyof M as Name extends keyof Model | 'id' | 'createdAt' | 'updatedAt'
    ? never
    : undefined extends M[Name]
      ? never
      : Name]: M[Name];
};
type Nullable<C> = { [Name in keyof C]: null extends C[Name] ? Name : never }[keyof C];

/** What can be null may be left out. */
export type NewRow<M> = Omit<Columns<M>, Nullable<Columns<M>>> &
  Partial<Pick<Columns<M>, Nullable<Columns<M>>>> & { id?: string };
export type Changes<M> = Partial<Columns<M>>;

export function withDeletedKey(table: string): string {
  return `withDeleted:${table}`;
}

function reversedRange(field: string) {
  return invalidInput({
    in: 'query',
    path: field,
    code: 'reversed_range',
    message: 'The range ends before it begins',
  });
}
