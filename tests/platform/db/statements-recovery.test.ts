import { randomUUID } from 'node:crypto';
import { raw } from 'objection';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/platform/clock.ts';
import type { Database, DatabaseOptions } from '../../../server/platform/db/connect.ts';
import { problemOfDatabaseError } from '../../../server/platform/db/database-problems.ts';
import { HeldTransaction } from '../../../server/platform/db/held-transaction.ts';
import { type Args, statement } from '../../../server/platform/db/statements/statement.ts';
import { inTransaction } from '../../../server/platform/db/transaction.ts';
import { eventually } from '../../kit/eventually.ts';
import { type DatabaseProxy, databaseProxy } from '../../kit/proxy.ts';
import { openLike, urlOf } from './connections.ts';
import { Specimen, specimenById, useSpecimens } from './specimens.ts';

const pool = useSpecimens();
const id = randomUUID();
const unavailable = { code: 'service_unavailable' };
const problemOf = (error: unknown) => problemOfDatabaseError(error, {});

const sleep = statement('recovery.sleep', ({ seconds }: Args<{ seconds: number }>) =>
  Specimen.query().whereRaw('pg_sleep(?) is null', [seconds]),
);
const backend = statement('recovery.backend', () =>
  Specimen.query().limit(1).select(raw('pg_backend_pid()').as('pid')).castTo<Pid[]>(),
);
interface Pid {
  pid: number;
}
const forgetPrepared = statement('recovery.forget', () =>
  Specimen.query().limit(1).select(raw('forget_prepared()')),
);

beforeAll(async () => {
  await Specimen.query(pool()).insert({ id, label: 'here' });
  await pool().raw(`create function forget_prepared() returns void language plpgsql
    as $$ begin execute 'deallocate all'; end $$`);
});

const kinds = [
  ['the pool', { poolSize: 1 }],
  ['the connections that reads share', { poolSize: 1, readConnections: 1 }],
] as const;

describe.each(kinds)('on %s, a statement', (_kind, options) => {
  let db: Database;
  beforeEach(async () => {
    db = openLike(pool(), options);
    await db.raw('select 1');
    return () => db.destroy();
  });

  it('works on after a migration that changes what it reads', async () => {
    const column = `c${randomUUID().replaceAll('-', '')}`;
    await specimenById.find(db, { id });
    await pool().raw(`alter table specimens add ${column} integer default 7`);
    expect(await specimenById.find(db, { id })).toHaveProperty(column, 7);
    await pool().raw(`alter table specimens alter ${column} type text`);
    expect(await specimenById.find(db, { id })).toHaveProperty(column, '7');
    await pool().raw(`alter table specimens drop ${column}`);
    const all = await Promise.all(Array.from({ length: 9 }, () => specimenById.find(db, { id })));
    for (const row of all) expect(row).not.toHaveProperty(column);
  });

  it('lets a transaction that a migration overtook begin again', async () => {
    let begun = 0;
    const read = () =>
      inTransaction(db, systemClock, async (trx) => {
        begun += 1;
        await trx.raw('select 1');
        return specimenById.find(trx, { id });
      });
    await read();
    const column = `c${randomUUID().replaceAll('-', '')}`;
    await pool().raw(`alter table specimens add ${column} integer`);
    expect(await read()).toHaveProperty(column, null);
    expect(begun).toBe(3);
    // What is prepared is in order again.
    await read();
    expect(begun).toBe(4);
  });

  it('lets a transaction that is held open begin again, with what comes first in it', async () => {
    const firsts: unknown[] = [];
    const held = () =>
      new HeldTransaction(async (trx) => void firsts.push(await specimenById.find(trx, { id })));
    const read = async (transaction: HeldTransaction) => {
      const found = await transaction.run(db, systemClock, (trx) => specimenById.find(trx, { id }));
      await transaction.commit(async () => {});
      return found;
    };
    await read(held());
    const column = `c${randomUUID().replaceAll('-', '')}`;
    await pool().raw(`alter table specimens add ${column} integer`);
    expect(await read(held())).toHaveProperty(column, null);
    expect(firsts).toHaveLength(2);
  });

  it('fails where each attempt is overtaken', async () => {
    let begun = 0;
    const read = inTransaction(db, systemClock, async (trx) => {
      begun += 1;
      await specimenById.find(trx, { id });
      throw Object.assign(new Error('overtaken'), {
        code: '0A000',
        routine: 'RevalidateCachedQuery',
      });
    });
    const overtaken = await read.catch((error: unknown) => error);
    expect(problemOf(overtaken)).toMatchObject(unavailable);
    expect(begun).toBe(3);
  });

  it('works on when a pooler has dropped what was prepared', async () => {
    await specimenById.find(db, { id });
    await forgetPrepared.all(db);
    expect(await specimenById.find(db, { id })).toHaveProperty('id', id);
  });

  it('works on after its connection was ended', async () => {
    const [found] = await backend.all(db);
    await pool().raw('select pg_terminate_backend(?)', [found?.pid ?? 0]);
    await eventually(async () => {
      const [next] = await backend.all(db);
      expect(next?.pid).not.toBe(found?.pid);
    });
  });

  it('fails when its connection is ended meanwhile, and the caller may try again', async () => {
    const [found] = await backend.all(db);
    const slow = sleep.all(db, { seconds: 60 }).catch((error: unknown) => error);
    await pool().raw('select pg_terminate_backend(?)', [found?.pid ?? 0]);
    expect(problemOf(await slow)).toMatchObject(unavailable);
    expect(await specimenById.find(db, { id })).toHaveProperty('id', id);
  });

  it('is refused by a database that was destroyed', async () => {
    await specimenById.find(db, { id });
    await db.destroy();
    await expect(specimenById.find(db, { id })).rejects.toThrow('Unable to acquire a connection');
  });
});

describe('time is short', () => {
  let proxy: DatabaseProxy;
  beforeAll(async () => {
    proxy = await databaseProxy(urlOf(pool()));
  });
  afterAll(() => proxy.close());
  const open = (options: Partial<DatabaseOptions>) =>
    openLike(pool(), { ...options, url: proxy.url, statementTimeoutMs: 100 });

  describe.each(kinds)('on %s', (_kind, options) => {
    let db: Database;
    beforeEach(() => {
      db = open(options);
      return () => db.destroy();
    });

    it('for a statement on a server that answers', async () => {
      const error: unknown = await sleep.all(db, { seconds: 60 }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: '57014' });
      expect(await specimenById.find(db, { id })).toHaveProperty('id', id);
    });

    it('on a server that hangs, and nobody gets the connection that hung', async () => {
      await db.raw('select 1');
      await specimenById.find(db, { id });
      proxy.pause();
      const hung = await specimenById.find(db, { id }).catch((error: unknown) => error);
      expect(problemOf(hung)).toMatchObject(unavailable);
      proxy.resume();
      expect(await specimenById.find(db, { id })).toHaveProperty('id', id);
    });

    it('to connect, and the next reads connect anew', async () => {
      proxy.cut();
      const asked = [1, 2, 3].map(() => specimenById.find(db, { id }).catch((error) => error));
      for (const error of await Promise.all(asked)) {
        expect(problemOf(error)).toMatchObject(unavailable);
      }
      proxy.mend();
      await eventually(async () =>
        expect(await specimenById.find(db, { id })).toHaveProperty('id', id),
      );
    });
  });

  it('in a transaction as well', async () => {
    const db = open({ poolSize: 1 });
    const hung = await inTransaction(db, systemClock, async (trx) => {
      await specimenById.find(trx, { id });
      proxy.pause();
      await specimenById.find(trx, { id });
    }).catch((error: unknown) => error);
    expect(problemOf(hung)).toMatchObject(unavailable);
    proxy.resume();
    const again = await inTransaction(db, systemClock, (trx) => specimenById.find(trx, { id }));
    expect(again).toHaveProperty('id', id);
    await db.destroy();
  });
});

it('reads that are under way are answered before their database is gone', async () => {
  const db = openLike(pool(), { readConnections: 2 });
  // Reads are shared once the pool has seen that no pooler is in between.
  await db.raw('select 1');
  const asked = [1, 2, 3].map(() => specimenById.find(db, { id }));
  await db.destroy();
  for (const row of await Promise.all(asked)) expect(row).toHaveProperty('id', id);
});

describe('a transaction that is over', () => {
  it('executes nothing on a connection that is somebody else’s by now', async () => {
    let late: Database | undefined;
    await inTransaction(pool(), systemClock, async (trx) => {
      late = trx;
    });
    await expect(specimenById.find(late as Database, { id })).rejects.toThrow('is over');
  });
});
