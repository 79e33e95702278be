import { randomUUID } from 'node:crypto';
import { raw } from 'objection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/platform/clock.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { problemOfDatabaseError } from '../../../server/platform/db/database-problems.ts';
import { type Args, statement } from '../../../server/platform/db/statements/statement.ts';
import { inTransaction } from '../../../server/platform/db/transaction.ts';
import { openLike } from './connections.ts';
import {
  aSpecimen,
  emptySpecimen,
  insertSpecimen,
  relabel,
  Specimen,
  specimenById,
  useSpecimens,
} from './specimens.ts';

const pool = useSpecimens();

const ways = [
  ['named', {}],
  ['unnamed', { hasNamedStatements: false }],
  ['shared with other reads', { readConnections: 2 }],
] as const;

describe.each(ways)('a statement, %s', (_way, options) => {
  let db: Database;
  beforeAll(async () => {
    db = openLike(pool(), options);
    await db.raw('select 1');
  });
  afterAll(() => db.destroy());

  const givenOne = async (row = aSpecimen()) => {
    await insertSpecimen.run(db, row);
    return row;
  };

  it.each([
    ['a value', aSpecimen],
    ['null', emptySpecimen],
  ])("gives Objection's rows where every column has %s", async (_what, make) => {
    const { id } = await givenOne(make());
    const usual = await Specimen.query(pool()).findById(id);
    const [first, again] = [
      await specimenById.find(db, { id }),
      await specimenById.find(db, { id }),
    ];
    expect(usual).toBeInstanceOf(Specimen);
    expect(first).toStrictEqual(usual);
    expect(again).toStrictEqual(usual);
  });

  it('answers what an insert returns, as it was given', async () => {
    const row = aSpecimen();
    expect(await insertSpecimen.find(db, row)).toMatchObject(row);
  });

  it('says how many rows it changed', async () => {
    const { id } = await givenOne();
    const label = randomUUID();
    expect(await relabel.run(db, { id, label })).toBe(1);
    expect(await specimenById.find(db, { id })).toMatchObject({ label });
    expect(await relabel.run(db, { id: randomUUID(), label })).toBe(0);
    expect(await removed.run(db, { id })).toBe(1);
  });

  it('reads what was committed a moment ago', async () => {
    const { id } = await givenOne();
    for (let failures = 0; failures < 20; failures++) {
      await inTransaction(pool(), systemClock, async (trx) => {
        await Specimen.query(trx).findById(id).patch({ failures });
      });
      expect(await specimenById.find(db, { id })).toMatchObject({ failures });
    }
  });

  it('keeps to soft deletion, and to the scope of its query', async () => {
    const { id, label } = await givenOne();
    expect(await labels.all(db, { id })).toStrictEqual([
      Specimen.fromDatabaseJson({ label, upper: label.toUpperCase(), twins: 1 }),
    ]);
    await Specimen.query(pool()).findById(id).patch({ deletedAt: new Date() });
    expect(await specimenById.find(db, { id })).toBeUndefined();
    expect(await labels.all(db, { id })).toEqual([]);
    expect(await evenDeleted.find(db, { id })).toHaveProperty('id', id);
  });

  it('takes a list as one argument, and a column twice', async () => {
    const [one, two] = [await givenOne(), await givenOne()];
    const found = await amongIds.all(db, { ids: [one.id, two.id, randomUUID()] });
    expect(found.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
  });

  it('sees its own transaction, and rolls back with it', async () => {
    const row = aSpecimen();
    const failed = inTransaction(db, systemClock, async (trx) => {
      await insertSpecimen.run(trx, row);
      expect(await specimenById.find(trx, row)).toMatchObject(row);
      expect(await specimenById.find(db, row)).toBeUndefined();
      throw new Error('changed our mind');
    });
    await expect(failed).rejects.toThrow('changed our mind');
    expect(await specimenById.find(db, row)).toBeUndefined();
  });

  it('names the constraint that it broke, and its statement', async () => {
    const { label } = await givenOne();
    const constraints = { specimens_label_unique: 'email_taken' } as const;
    const error: unknown = await insertSpecimen.run(db, aSpecimen({ label })).catch((e) => e);
    expect(error).toMatchObject({ code: '23505', statement: 'test.insert' });
    expect(problemOfDatabaseError(error, constraints)).toMatchObject({ code: 'email_taken' });
    // The connection is as good as before.
    await givenOne();
  });

  it('rejects an argument that is missing, or no value of its type', async () => {
    // @ts-expect-error: the argument is called id.
    await expect(specimenById.find(db, { idd: 'x' })).rejects.toThrow('test.byId lacks id');
    await expect(specimenById.find(db, { id: 'no uuid' })).rejects.toMatchObject({ code: '22P02' });
  });

  it('is executed 200 times at once over few connections', async () => {
    const rows = await Promise.all(Array.from({ length: 20 }, () => givenOne()));
    const asked = Array.from({ length: 200 }, (_none, index) => rows[index % 20]?.id ?? '');
    const found = await Promise.all(asked.map((id) => specimenById.find(db, { id })));
    expect(found.map((row) => row?.id)).toEqual(asked);
  });
});

const removed = statement('test.remove', (arg: Args<{ id: string }>) =>
  Specimen.query().delete().where('id', arg.id),
);
const labels = statement('test.labels', (arg: Args<{ id: string }>) =>
  Specimen.query()
    .join('specimens as twin', 'twin.id', 'specimens.id')
    .where('specimens.id', arg.id)
    .groupBy('specimens.label')
    .select('specimens.label', raw('upper(specimens.label)').as('upper'))
    .select(raw('count(*)::integer').as('twins')),
);
const evenDeleted = statement('test.evenDeleted', (arg: Args<{ id: string }>) =>
  Specimen.query().withDeleted().where('id', arg.id).orWhere('id', arg.id),
);
const amongIds = statement('test.amongIds', (arg: Args<{ ids: readonly string[] }>) =>
  Specimen.query().whereRaw('id = any(?)', [arg.ids]),
);
