import type { Model, QueryBuilder } from 'objection';
import type { Database } from './connect.ts';
import type { PageRequest } from './keyset.ts';
import { type Keyset, type KeysetPage, keysetPage, orderOf, pageOfQuery } from './keyset.ts';
import { type Ordered, type Part, type PartArguments, partOf } from './keyset-parts.ts';
import { type Args, statement } from './statements/statement.ts';

/** The pages of a list whose filters are always the same. */
export interface PageStatements<List extends Keyset, Arguments, M> {
  /** @throws a problem `validation_failed` when the cursor does not fit the order. */
  read(db: Database, request: PageRequest<List>, args: Arguments): Promise<KeysetPage<M>>;
}

interface PartStatement<M> {
  all(db: Database, args: object): Promise<M[]>;
}

/**
 * For a list that is read all the time: to build its query costs more than to read fifty rows. The
 * SQL of each order is built once, when its module is loaded, by the rules of `statement`; `count`,
 * `value` and `id` are the page's own arguments.
 *
 *     const pages = pageStatements('notes.page', noteKeyset, ({ owner }: Args<{ owner: string }>) =>
 *       Note.query().where({ ownerId: owner }),
 *     );
 *     const page = await pages.read(db, { limit: 20 }, { owner });
 */
export function pageStatements<
  List extends Keyset,
  Arguments extends object,
  M extends Model & { id: string },
>(
  name: string,
  keyset: List,
  build: (args: Args<Arguments>) => QueryBuilder<M>,
): PageStatements<List, Arguments, M> {
  const compiled = new Map<string, PartStatement<M>>();
  const nameOf = ({ column, isDescending }: Ordered, part: Part) =>
    `${name}.${column}.${isDescending ? 'desc' : 'asc'}.${part}`;
  for (const [order, part] of partsOf(keyset)) {
    const query = (args: Args<Arguments & PartArguments>) => partOf(build(args), order, part, args);
    const partName = nameOf(order, part);
    compiled.set(partName, statement(partName, query) as unknown as PartStatement<M>);
  }
  const sourceOf = (db: Database, args: Arguments) => ({
    rows: (order: Ordered, part: Part, given: PartArguments) =>
      (compiled.get(nameOf(order, part)) as PartStatement<M>).all(db, { ...args, ...given }),
    total: () => pageOfQuery(build(args).transacting(db as never)).total(),
  });
  return { read: (db, request, args) => keysetPage<M>(sourceOf(db, args), keyset, request) };
}

function partsOf(keyset: Keyset): (readonly [Ordered, Part])[] {
  const sorts = Object.keys(keyset.orders).flatMap((order) => [order, `-${order}`]);
  return sorts.flatMap((sort) => {
    const order = orderOf(keyset, sort);
    const parts: Part[] = ['first', 'after'];
    if (order.nullable) parts.push('withoutValue', 'withoutValueAfter');
    return parts.map((part) => [order, part] as const);
  });
}
