import type { Database } from '../db/connect.ts';
import type { PublishedEvent } from './subscriber.ts';

/**
 * How far somebody has read: what has been committed up to here is known, and nothing that is committed
 * later will stand before it. The order is that of the transactions, and within one that of the ids.
 */
export interface Position {
  /** Of the transaction: a number of 64 bits, as PostgreSQL writes it. */
  readonly xid: string;
  readonly id: string;
}

/** An event, and its own position. */
export interface FeedEvent extends PublishedEvent, Position {
  readonly id: string;
}

export interface FeedPage {
  readonly events: readonly FeedEvent[];
  /** Where to go on. It moves on where there are no events, too. */
  readonly position: Position;
  /** There may be more to read at once. */
  readonly isFull: boolean;
  /** More has been committed, and waits for a transaction that began before it and is still open. */
  readonly isHeld: boolean;
}

// Before every event of its transaction: no UUID is smaller.
const first = '00000000-0000-0000-0000-000000000000';

type Row = FeedEvent & { readonly edge: string; readonly isHeld: boolean };

/**
 * What was committed after a position, the oldest first. An event is not shown before every transaction
 * that began before its own has ended: what is read later always stands behind it, so that none is missed
 * (decision 0011). In a transaction of its own or in yours: a reader can move its position with what it does.
 */
export async function readAfter(db: Database, after: Position, limit: number): Promise<FeedPage> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `with edge as materialized (
       select snapshot.xid, exists (select from events where events.xid >= snapshot.xid) as is_held
       from (select pg_snapshot_xmin(pg_current_snapshot()) as xid) as snapshot
     )
     select page.*, edge.xid::text as edge, edge.is_held as "isHeld" from edge
     left join lateral (
       select id, name, version, data, occurred_at as "occurredAt", xid::text from events
       where (xid, id) > (?::xid8, ?::uuid) and xid < edge.xid
       order by events.xid, id limit ?
     ) as page on true`,
    [after.xid, after.id, limit],
  );
  const [answer] = rows;
  if (!answer) throw new Error('PostgreSQL answered no snapshot');
  const { isHeld } = answer;
  // Where nothing was found, the one row tells of the snapshot alone.
  const events = rows.filter(({ id }) => id !== null).map(eventOf);
  const last = events.at(-1);
  const isFull = events.length === limit;
  const position =
    isFull && last ? positionOf(last) : later(after, { xid: answer.edge, id: first });
  return { events, position, isFull, isHeld };
}

/** Where to begin for whoever asks for nothing older. What is being committed right now may still come. */
export async function readHead(db: Database): Promise<Position> {
  const { rows } = await db.raw<{ rows: { xid: string }[] }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as xid',
  );
  return { xid: rows[0]?.xid ?? '0', id: first };
}

/**
 * Where an event stands. Undefined for what is not kept any more, or never was; or for what another
 * server wrote, whose transactions were numbered otherwise (a dump that was restored).
 */
export async function findPosition(db: Database, id: string): Promise<Position | undefined> {
  const { rows } = await db.raw<{ rows: Position[] }>(
    `select xid::text, id from events
     where id = ? and xid < pg_snapshot_xmax(pg_current_snapshot())`,
    [id],
  );
  return rows[0];
}

/** Whether one position is before another one. */
export function isBefore(one: Position, other: Position): boolean {
  if (one.xid === other.xid) return one.id < other.id;
  return BigInt(one.xid) < BigInt(other.xid);
}

function later(one: Position, other: Position): Position {
  return isBefore(one, other) ? other : one;
}

function positionOf({ xid, id }: Position): Position {
  return { xid, id };
}

function eventOf({ id, name, version, data, occurredAt, xid }: Row): FeedEvent {
  return { id, name, version, data, occurredAt, xid };
}
