import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Database } from '../../../server/platform/db/connect.ts';
import { openLike } from './connections.ts';
import { useSpecimens } from './specimens.ts';

const pool = useSpecimens();
let db: Database;

beforeEach(() => {
  db = openLike(pool(), { poolSize: 1, acquireTimeoutMs: 300 });
});
afterEach(() => db.destroy());

async function pidOn(on: Knex): Promise<number> {
  const { rows } = await on.raw('select pg_backend_pid() as pid');
  return rows[0].pid;
}

describe('while all connections are in use, one that comes back', () => {
  it('goes to whoever has waited longest', async () => {
    const held = await db.transaction();
    const served: number[] = [];
    const waiting = [1, 2, 3].map(async (place) => {
      await db.raw('select 1');
      served.push(place);
    });
    await held.commit();
    await Promise.all(waiting);
    expect(served).toEqual([1, 2, 3]);
  });

  it('is one of the pool still: a few serve many, and none is used by two at once', async () => {
    const few = openLike(pool(), { poolSize: 2 });
    const pids = await Promise.all(
      Array.from({ length: 40 }, () =>
        few.transaction(async (trx) => {
          const before = await pidOn(trx);
          await trx.raw('create temporary table mine () on commit drop');
          expect(await pidOn(trx)).toBe(before);
          return before;
        }),
      ),
    );
    await few.destroy();
    expect(new Set(pids).size).toBe(2);
  });

  it('is not handed to one who has lost patience, and serves the next', async () => {
    const held = await db.transaction();
    const impatient = db.raw('select 1');
    await expect(impatient).rejects.toMatchObject({ name: 'KnexTimeoutError' });
    const patient = pidOn(db);
    const pid = await pidOn(held);
    await held.commit();
    expect(await patient).toBe(pid);
  });

  it('is not handed on when it is broken: who waits gets another', async () => {
    const held = await db.transaction();
    const lost = await pidOn(held);
    const waiting = pidOn(db);
    await pool().raw('select pg_terminate_backend(?)', [lost]);
    await expect(held.raw('select pg_sleep(1)')).rejects.toThrow();
    await held.rollback().catch(() => {});
    expect(await waiting).not.toBe(lost);
  });
});

it('what cannot connect fails each of those who wait, at once', async () => {
  const nowhere = connect({
    url: 'postgres://nobody@127.0.0.1:1/none',
    poolSize: 1,
    statementTimeoutMs: 1_000,
    acquireTimeoutMs: 5_000,
  });
  const startedAt = performance.now();
  const tries = await Promise.allSettled([1, 2, 3].map(() => nowhere.raw('select 1')));
  expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  await nowhere.destroy();
});
