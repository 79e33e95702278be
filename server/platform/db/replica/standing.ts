import type { Database } from '../connect.ts';

/** Where a server stands: which database it is, and how far in the log of its changes. */
export interface Standing {
  /** The same for a primary and its replicas, and for nobody else. */
  readonly identity: string;
  /** Another one after each failover. */
  readonly timeline: number;
  /** Whether it only follows another server. */
  readonly isStandby: boolean;
  /** In bytes; of a replica, up to where its answers have the changes. */
  readonly position: bigint;
}

interface Row {
  readonly identity: string;
  readonly timeline: number;
  readonly standby: boolean;
  readonly position: string | null;
}

// Of what a physical replica has from its primary: a copy made by other means has other ones. These
// functions are open to every role. A new primary is on its timeline at once, and its checkpoint minutes
// later: the name of what it writes tells. A replica tells by what it has stored, which may take as long.
const standing = `
  select
    (select system_identifier from pg_control_system()) || '/' ||
      (select oid from pg_database where datname = current_database()) as identity,
    case when pg_is_in_recovery()
      then (select greatest(timeline_id, min_recovery_end_timeline)
            from pg_control_checkpoint(), pg_control_recovery())
      else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
    end as timeline,
    pg_is_in_recovery() as standby,
    pg_wal_lsn_diff(
      case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, '0/0'
    )::text as position`;

export async function standingOf(db: Database): Promise<Standing> {
  const { rows } = await db.raw<{ rows: [Row] }>(standing);
  const { standby: isStandby, position, ...row } = rows[0];
  return { ...row, isStandby, position: BigInt(position ?? 0) };
}
