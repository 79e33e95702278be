import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalFields, sealHash, sha256 } from '../../../server/features/audit/canonical.ts';
import { AuditSeal } from '../../../server/features/audit/model.ts';
import { Seals } from '../../../server/features/audit/seals.ts';
import { verify } from '../../../server/features/audit/verify.ts';
import { daySeconds } from '../../../server/platform/clock.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { useApp } from '../../kit/app.ts';
import { eventually } from '../../kit/eventually.ts';

const app = useApp({ AUDIT_RETENTION_DAYS: '10' });

async function insertEntry(db: Database = app.db): Promise<string> {
  const id = randomUUID();
  const what = { operation: 'usersUpdate', result: 'done', changed: ['email', 'ä"\\'] };
  await db('auditEntries').insert({ id, at: app.clock.now(), actor: randomUUID(), ...what });
  return id;
}

/** So many entries under one seal, which holds nothing else. */
async function sealed(count: number): Promise<string[]> {
  await new Seals(app.platform).seal();
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await insertEntry());
  await new Seals(app.platform).seal();
  return ids;
}

const lastNumber = async () => (await verify(app.db)).head?.number ?? 0;

/** What is found while the owner of the tables has broken them; afterwards they are as they were. */
async function whileBroken(work: string, bindings: readonly unknown[]) {
  const undone = new Error('undone');
  let broken: unknown;
  const trial = app.db.transaction(async (trx) => {
    for (const table of ['audit_entries', 'audit_seals']) {
      await trx.raw(`alter table ${table} disable trigger user`);
    }
    await trx.raw(work, bindings as never);
    ({ broken } = await verify(trx));
    throw undone;
  });
  await trial.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return broken;
}

// The first start writes an entry.
beforeAll(() => new Seals(app.platform).seal());

describe('seals', () => {
  it('hold all that was written, each once, and go on from each other', async () => {
    const before = await lastNumber();
    const ids = [...(await sealed(3)), ...(await sealed(2))];
    const proof = await verify(app.db);
    expect(proof).toMatchObject({ broken: undefined, unsealed: 0, seals: before + 2 });
    const seals = await app.db('auditSeals').where('number', '>', before).orderBy('number');
    expect(seals.map(({ count }) => count)).toEqual([3, 2]);
    const held = Buffer.concat(seals.map(({ leaves }) => leaves)).toString('hex');
    for (const id of ids) expect(held).toContain(id.replaceAll('-', ''));
    expect(app.logs).toContainEqual(
      expect.objectContaining({ msg: 'audit sealed', hash: proof.head?.hash }),
    );
  });

  it('hold every column, so that one that comes is a new format', async () => {
    const columns = Object.keys(await app.db('auditEntries').columnInfo());
    expect(columns.toSorted()).toEqual([...canonicalFields].sort());
  });

  it('are made one after the other, by whomever', async () => {
    const before = await lastNumber();
    await insertEntry();
    await Promise.all(Array.from({ length: 4 }, () => new Seals(app.platform).seal()));
    expect(await verify(app.db)).toMatchObject({ broken: undefined, seals: before + 1 });
  });

  it('wait for whoever wrote first and commits last, and keep nobody waiting', async () => {
    const before = await lastNumber();
    const late = await app.db.transaction();
    const first = await insertEntry(late);
    const second = await insertEntry();
    await new Seals(app.platform).seal(undefined, 0);
    expect(await verify(app.db)).toMatchObject({ seals: before, unsealed: 1 });
    await late.commit();
    await new Seals(app.platform).seal();
    const seal = await app.db('auditSeals').orderBy('number', 'desc').first();
    const [one, other] = [first, second].map((id) => id.replaceAll('-', ''));
    expect(seal.leaves.toString('hex')).toMatch(new RegExp(`^${one}.{64}${other}.{64}$`));
    expect(await verify(app.db)).toMatchObject({ broken: undefined, unsealed: 0 });
  });

  it('pass over what was rolled back', async () => {
    const undone = await app.db.transaction();
    await insertEntry(undone);
    await insertEntry();
    await undone.rollback();
    await new Seals(app.platform).seal();
    expect(await verify(app.db)).toMatchObject({ broken: undefined, unsealed: 0 });
  });
});

describe('the proof names', () => {
  let seal: number;
  let ids: string[];
  beforeAll(async () => {
    ids = await sealed(3);
    seal = await lastNumber();
    await sealed(1);
  });
  const [a, b] = [() => ids[0] as string, () => ids[1] as string];

  it.each([
    ['actor', `'nobody'`],
    ['at', `at + interval '1 microsecond'`],
    ['changed', `'{email}'`],
    ['safety', 'true'],
    ['request_id', `'x'`],
  ])('an entry whose %s was changed', async (column, value) => {
    const work = `update audit_entries set ${column} = ${value} where id = ?`;
    expect(await whileBroken(work, [b()])).toEqual({ seal, entry: b(), what: 'altered' });
  });

  it('an entry that was deleted', async () => {
    const work = 'delete from audit_entries where id = ?';
    expect(await whileBroken(work, [a()])).toEqual({ seal, entry: a(), what: 'missing' });
  });

  it('an entry that was put in between, or in front of all', async () => {
    // A place that nobody has: that of an entry which was deleted, or one below all.
    const entry = randomUUID();
    const columns = 'id, at, operation, result, actor, place';
    const insert = (place: string) =>
      `insert into audit_entries (${columns}) overriding system value
       select ?, at, operation, result, actor, ${place} from audit_entries where id = ?`;
    const inFront = await whileBroken(insert('-1'), [entry, a()]);
    expect(inFront).toEqual({ seal: 1, entry, what: 'added' });
    const swap = `update audit_entries set id = ? where id = ?`;
    expect(await whileBroken(swap, [entry, b()])).toEqual({ seal, entry: b(), what: 'missing' });
  });

  it('entries that were swapped, their contents or their places', async () => {
    const contents = `update audit_entries one set actor = other.actor from audit_entries other
      where one.id in (?, ?) and other.id in (?, ?) and one.id <> other.id`;
    const both = [a(), b(), a(), b()];
    expect(await whileBroken(contents, both)).toEqual({ seal, entry: a(), what: 'altered' });
    const places = `alter table audit_entries alter place drop identity;
      drop index audit_entries_by_place;
      update audit_entries one set place = other.place from audit_entries other
      where one.id in ('${a()}', '${b()}') and other.id in ('${a()}', '${b()}') and one.id <> other.id`;
    expect(await whileBroken(places, [])).toEqual({ seal, entry: a(), what: 'moved' });
  });

  it('a seal that was changed, deleted or made anew', async () => {
    const later =
      "update audit_seals set sealed_at = sealed_at + interval '1 day' where number = ?";
    expect(await whileBroken(later, [seal])).toEqual({ seal, what: 'altered' });
    const leaves = `update audit_seals set leaves = '' where number = ?`;
    expect(await whileBroken(leaves, [seal])).toEqual({ seal, what: 'altered' });
    const gone = 'delete from audit_seals where number = ?';
    expect(await whileBroken(gone, [seal])).toEqual({ seal, what: 'missing' });
    // All of it consistent in itself: but what follows goes on from what it was.
    const row = await AuditSeal.query(app.db).findById(seal).throwIfNotFound();
    const forged = sealHash(Object.assign(row, { count: 2, leavesHash: sha256('') }));
    const anew = `update audit_seals set count = 2, leaves = '', leaves_hash = ?, hash = ?
      where number = ?`;
    const entries = 'delete from audit_entries where id = any(?)';
    expect(await whileBroken(anew, [sha256(''), forged, seal])).toMatchObject({ seal });
    const both = `with gone as (${entries}) ${anew}`;
    expect(await whileBroken(both, [ids, sha256(''), forged, seal])).toEqual({
      seal: seal + 1,
      what: 'unlinked',
    });
  });

  it('a chain that is not the one that was noted, or was cut off before it', async () => {
    const { head } = await verify(app.db);
    if (!head) throw new Error('There is no seal');
    expect(await verify(app.db, { known: head })).toMatchObject({ broken: undefined });
    const other = { ...head, hash: '0'.repeat(64) };
    expect(await verify(app.db, { known: other })).toMatchObject({
      broken: { seal: head.number, what: 'altered' },
    });
    const further = { ...head, number: head.number + 1 };
    expect(await verify(app.db, { known: further })).toMatchObject({
      broken: { seal: head.number + 1, what: 'missing' },
    });
  });
});

it('seals are kept as they are, whoever asks', async () => {
  const refused = { code: '42501' };
  await sealed(1);
  for (const work of ['delete from audit_seals', 'truncate audit_seals']) {
    await expect(app.db.raw(work)).rejects.toMatchObject(refused);
  }
  const retained = (work: string) =>
    app.db.transaction(async (trx) => {
      await trx.raw("set local charter.audit_retention = 'on'");
      await trx.raw(work);
    });
  await expect(retained('update audit_seals set count = 0, leaves = null')).rejects.toMatchObject(
    refused,
  );
});

describe('retention', () => {
  it('takes what has had its time and what hangs on it, and leaves the chain whole', async () => {
    const [old] = await sealed(2);
    await app.db('auditOrigins').insert({ entryId: old, address: '203.0.113.9' });
    const number = await lastNumber();
    app.clock.advance({ days: 9 });
    await app.runScheduled('audit.retain');
    expect(await verify(app.db)).toMatchObject({ retainedThrough: undefined });
    app.clock.advance({ days: 2 });
    const [kept] = await sealed(1);
    await app.runScheduled('audit.retain');
    await app.runScheduled('audit.retain');
    expect(
      await app
        .db('auditEntries')
        .whereIn('id', [String(old), String(kept)])
        .pluck('id'),
    ).toEqual([kept]);
    expect(await app.db('auditOrigins').where({ entryId: old })).toEqual([]);
    expect(await verify(app.db)).toMatchObject({
      broken: undefined,
      retainedThrough: { number },
      entries: 1,
      unsealed: 1,
    });
    const entries = app.db('auditEntries').where({ operation: 'audit.retain' });
    expect(await entries).toMatchObject([
      { actor: 'system:retention', reason: `through seal ${number}`, compliance: true },
    ]);
  });

  it('does not hide who takes entries by hand, or puts some back', async () => {
    const [entry] = await sealed(1);
    const seal = await lastNumber();
    const emptied = 'update audit_seals set leaves = null where number = ?';
    expect(await whileBroken(emptied, [seal])).toEqual({ seal, entry, what: 'added' });
  });

  it('takes nothing that is not sealed, however old', async () => {
    const id = await insertEntry();
    app.clock.advance({ seconds: 20 * daySeconds });
    await app.runScheduled('audit.retain');
    expect(await app.db('auditEntries').where({ id })).toHaveLength(1);
  });
});

describe('how far sealing is behind', () => {
  it('is a metric, and degrades the service', async () => {
    await sealed(1);
    await insertEntry();
    app.clock.advance({ minutes: 31 });
    const lines = await app.scrape();
    expect(lines).toContain('charter_audit_unsealed_seconds 1860');
    expect(lines.find((line) => line.startsWith('charter_audit_entries_total'))).toBeDefined();
    await eventually(async () => {
      const { status, body } = await app.perform('health.check', { origin: 'job', address: '' });
      expect([status, body]).toMatchObject([200, { status: 'degraded' }]);
    });
  });
});
