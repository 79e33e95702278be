import { randomUUID } from 'node:crypto';
import { beforeAll } from 'vitest';
import { AppModel } from '../../../server/platform/db/app-model.ts';
import { type Args, statement } from '../../../server/platform/db/statements/statement.ts';
import { useConnection } from '../../kit/database.ts';

/** A row with a column of every type that migrations use. */
export class Specimen extends AppModel {
  static override tableName = 'specimens';
  static override softDelete = true;
  declare label: string;
  declare note: string | null;
  declare isSystem: boolean | null;
  declare failures: number | null;
  declare total: string | null;
  declare tags: string[] | null;
  declare document: unknown;
  declare seenAt: Date | null;
  declare transactionId: string | null;
  declare deletedAt: Date | null;
}

export type NewSpecimen = Omit<Specimen, keyof AppModel | 'deletedAt'> & { id: string };

const columns = `id uuid primary key, label text not null constraint specimens_label_unique unique,
  note varchar(100), is_system boolean, failures integer, total bigint, tags text[], document jsonb,
  seen_at timestamptz, transaction_id xid8, deleted_at timestamptz`;

/** A database of the file's own with that table. */
export function useSpecimens() {
  const db = useConnection();
  beforeAll(() => db().raw(`create table specimens (${columns})`));
  return db;
}

export function aSpecimen(changes: Partial<NewSpecimen> = {}): NewSpecimen {
  return {
    id: randomUUID(),
    label: randomUUID(),
    note: 'a "note", with ünïcode 🌍 and\nlines',
    isSystem: true,
    failures: -42,
    total: '9007199254740993',
    tags: ['one', 'two, three', 'with "quotes"', ''],
    document: { nested: [1, null, { deep: 'é' }], empty: {} },
    seenAt: new Date('2026-03-29T01:59:59.123Z'),
    transactionId: '18446744073709551615',
    ...changes,
  };
}

export const emptySpecimen = () =>
  aSpecimen({
    note: null,
    isSystem: null,
    failures: null,
    total: null,
    tags: null,
    document: null,
    seenAt: null,
    transactionId: null,
  });

export const insertSpecimen = statement('test.insert', (arg: Args<NewSpecimen>) =>
  Specimen.query()
    .insert({
      id: arg.id,
      label: arg.label,
      note: arg.note,
      isSystem: arg.isSystem,
      failures: arg.failures,
      total: arg.total,
      tags: arg.tags,
      document: arg.document,
      seenAt: arg.seenAt,
      transactionId: arg.transactionId,
    })
    .returning('*'),
);

export const specimenById = statement('test.byId', (arg: Args<{ id: string }>) =>
  Specimen.query().findById(arg.id),
);

export const relabel = statement('test.relabel', (arg: Args<{ id: string; label: string }>) =>
  Specimen.query().patch({ label: arg.label }).where('id', arg.id),
);
