import type { UnitOfWork } from '../db/transaction.ts';
import { opened } from '../jobs/envelope.ts';
import type { Job } from '../jobs/job.ts';

/** A column that a feature keeps sealed. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** What names a row; `id` when left out. */
  readonly idColumn?: string;
  /** What the value is bound to, as it was when it was sealed. */
  readonly about: (id: string) => string;
}

export interface SealedValue {
  readonly id: string;
  readonly value: string;
  readonly about: string;
}

interface Wanted {
  /** Those that begin with it were sealed by the first secret, and are left out. */
  readonly prefix: string;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Where sealed values are kept: read, and locked, in the order of their ids. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  read(tx: UnitOfWork, wanted: Wanted): Promise<SealedValue[]>;
  write(tx: UnitOfWork, id: string, value: string): Promise<void>;
}

export function placeOfColumn({
  table,
  column,
  idColumn = 'id',
  about,
}: SealedColumn): SealedPlace {
  return {
    table,
    column,
    read: async (tx, { prefix, after, limit }) => {
      const query = tx(table)
        .select({ id: idColumn, value: column })
        .whereNotNull(column)
        .whereRaw('left(??, ?) <> ?', [column, prefix.length, prefix]);
      if (after !== undefined) query.where(idColumn, '>', after);
      const rows: { id: string; value: string }[] = await query
        .orderBy(idColumn)
        .limit(limit)
        .forUpdate();
      return rows.map((row) => ({ ...row, about: about(row.id) }));
    },
    write: async (tx, id, value) => {
      await tx(table)
        .where(idColumn, id)
        .update({ [column]: value });
    },
  };
}

/** Jobs of a kind that wait, run or failed; undefined for a kind whose data holds nothing sealed. */
export function placeOfJob({ name, data, aboutSealed }: Job<unknown>): SealedPlace | undefined {
  if (!aboutSealed) return undefined;
  return {
    table: 'jobs',
    column: name,
    read: async (tx, { prefix, after, limit }) => {
      const sealed = "data #>> '{data,sealed}'";
      const query = tx('pgboss.job')
        .where({ name })
        .whereRaw(`left(${sealed}, ?) <> ?`, [prefix.length, prefix]);
      if (after !== undefined) query.where('id', '>', after);
      const rows: { id: string; value: string; envelope: unknown }[] = await query
        .select('id', tx.raw(`${sealed} as value`), 'data as envelope')
        .orderBy('id')
        .limit(limit)
        .forUpdate();
      return rows.map(({ id, value, envelope }) => ({
        id,
        value,
        about: aboutSealed(data.parse(opened(envelope).data)),
      }));
    },
    write: async (tx, id, value) => {
      const anew = tx.raw("jsonb_set(data, '{data,sealed}', to_jsonb(?::text))", [value]);
      await tx('pgboss.job').where({ name, id }).update({ data: anew });
    },
  };
}
