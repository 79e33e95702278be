import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect, type Database } from '../../../server/platform/db/connect.ts';
import { EventNews } from '../../../server/platform/events/event-news.ts';
import {
  findPosition,
  isBefore,
  type Position,
  readAfter,
  readHead,
} from '../../../server/platform/events/feed.ts';
import { recordingLog } from '../../kit/app.ts';
import { createDatabase } from '../../kit/database.ts';
import { eventually } from '../../kit/eventually.ts';

const shared = {} as { db: Database; url: string; drop: () => Promise<void> };
const many = 1_000;
const never = 1_000_000;

beforeAll(async () => {
  const { url, drop } = await createDatabase();
  Object.assign(shared, { url, drop });
  shared.db = connect({ url, poolSize: 5, statementTimeoutMs: 5_000 });
});

afterAll(async () => {
  await shared.db.destroy();
  await shared.drop();
});

async function insert(db: Database = shared.db): Promise<string> {
  const id = randomUUIDv7();
  const row = { id, name: 'account.created', version: 1, data: { userId: randomUUIDv7() } };
  await db('events').insert({ ...row, occurredAt: new Date() });
  return id;
}

/** An event whose transaction stays open until the test commits it. */
async function slowly() {
  const trx = await shared.db.transaction();
  onTestFinished(async () => {
    if (!trx.isCompleted()) await trx.rollback();
  });
  return { id: await insert(trx), commit: () => trx.commit(), rollback: () => trx.rollback() };
}

/**
 * Those of these that stand after a position. Transactions of other tests, in other databases of the
 * server, hold events back for a while.
 */
async function idsAfter(position: Position, ...ids: string[]): Promise<string[]> {
  const { events } = await readAfter(shared.db, position, many);
  return events.map(({ id }) => id).filter((id) => ids.includes(id));
}

describe('the feed', () => {
  it('gives what was committed after a position, in order, and where to go on', async () => {
    const ids = [await insert(), await insert(), await insert()];
    const [first = '', ...rest] = ids;
    await eventually(async () => {
      const start = await findPosition(shared.db, first);
      const page = start && (await readAfter(shared.db, start, 2));
      expect(page).toMatchObject({ isFull: true, events: rest.map((id) => ({ id })) });
      expect(page?.events[0]).toMatchObject({
        name: 'account.created',
        occurredAt: expect.any(Date),
      });
      const next = page && (await readAfter(shared.db, page.position, 2));
      expect(next).toMatchObject({ isFull: false, events: [] });
      expect(start && next && isBefore(start, next.position)).toBe(true);
    });
  });

  it('misses none that commits after a younger one', async () => {
    const head = await readHead(shared.db);
    const older = await slowly();
    const younger = await insert();
    const held = await readAfter(shared.db, head, many);
    expect(held.isHeld).toBe(true);
    expect(held.events.map(({ id }) => id)).not.toContain(younger);
    await older.commit();
    await eventually(async () => {
      expect(await idsAfter(held.position, older.id, younger)).toEqual([older.id, younger]);
    });
  });

  it('holds nothing back for a transaction that is rolled back', async () => {
    const head = await readHead(shared.db);
    const [lost, kept] = [await slowly(), await insert()];
    await lost.rollback();
    await eventually(async () => expect(await idsAfter(head, lost.id, kept)).toEqual([kept]));
  });

  it('gives a transaction its own events as little as those of others that are open', async () => {
    const head = await readHead(shared.db);
    await shared.db.transaction(async (trx) => {
      const id = await insert(trx);
      const { events, isHeld } = await readAfter(trx, head, many);
      expect([isHeld, events.some((event) => event.id === id)]).toEqual([true, false]);
    });
  });

  it('finds where an event stands, and no longer once it was purged', async () => {
    const [seen, next] = [await insert(), await insert()];
    const position = await findPosition(shared.db, seen);
    if (!position) throw new Error('It was just written');
    await eventually(async () => expect(await idsAfter(position, seen, next)).toEqual([next]));
    await shared.db('events').where({ id: seen }).delete();
    expect(await findPosition(shared.db, seen)).toBeUndefined();
    // Whoever knows the position goes on from it, whether or not the event is still there.
    expect(await idsAfter(position, seen, next)).toEqual([next]);
  });

  it('does not take an event for its own that another server numbered', async () => {
    const id = await insert();
    await shared.db('events').where({ id }).update({ xid: '9000000000000000000' });
    expect(await findPosition(shared.db, id)).toBeUndefined();
    await shared.db('events').where({ id }).delete();
  });

  it('takes what was there before it for older than all', async () => {
    const id = await insert();
    await shared.db('events').where({ id }).update({ xid: '0' });
    expect(await idsAfter({ xid: '0', id: '00000000-0000-0000-0000-000000000000' }, id)).toEqual([
      id,
    ]);
    expect(await idsAfter(await readHead(shared.db), id)).toEqual([]);
  });

  it('looks into the index, and not at what is older', async () => {
    const { rows } = await shared.db.transaction(async (trx) => {
      await trx.raw('set local enable_seqscan = off');
      await trx.raw('set local enable_bitmapscan = off');
      return trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(
        `explain select id from events where (xid, id) > ('9'::xid8, ?::uuid)
         and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit 500`,
        [randomUUIDv7()],
      );
    });
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index (Only )?Scan using events_feed_index/);
    expect(plan).not.toMatch(/Sort/);
  });
});

describe('the news of events', () => {
  function news(pollMs = never) {
    const { log, logs } = recordingLog();
    const opened = new EventNews({ urlOf: () => shared.url, log, pollMs });
    onTestFinished(() => opened.close());
    return { opened, logs };
  }

  const listeners = async () => {
    const open = await shared
      .db('pg_stat_activity')
      .where('query', 'listen charter_events')
      .whereRaw('datname = current_database()');
    return open.map(({ pid }) => pid as number);
  };

  it('come when an event is committed, to all who listen, by one connection', async () => {
    const { opened } = news();
    let [one, other] = [0, 0];
    const leave = opened.onNews(() => (one += 1));
    opened.onNews(() => (other += 1));
    await eventually(() => expect([one, other]).toEqual([1, 1]));
    await insert();
    await eventually(() => expect([one, other]).toEqual([2, 2]));
    expect(await listeners()).toHaveLength(1);
    await leave();
    await insert();
    await eventually(() => expect(other).toBe(3));
    expect(one).toBe(2);
  });

  it('cost no connection while nobody listens', async () => {
    const { opened } = news();
    await eventually(async () => expect(await listeners()).toEqual([]));
    const leave = opened.onNews(() => {});
    await eventually(async () => expect(await listeners()).toHaveLength(1));
    await leave();
    await eventually(async () => expect(await listeners()).toEqual([]));
  });

  it('come again after the connection was lost', async () => {
    const { opened, logs } = news();
    let told = 0;
    opened.onNews(() => (told += 1));
    await eventually(() => expect(told).toBe(1));
    await shared.db.raw('select pg_terminate_backend(?)', await listeners());
    await eventually(() => expect(told).toBe(2));
    expect(logs).toContainEqual(expect.objectContaining({ channel: 'charter_events' }));
    await insert();
    await eventually(() => expect(told).toBe(3));
  });

  it('come by the clock where nothing was announced', async () => {
    const { opened } = news(5);
    let told = 0;
    opened.onNews(() => (told += 1));
    await eventually(() => expect(told).toBeGreaterThan(3));
  });
});
