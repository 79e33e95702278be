import { setTimeout as pause } from 'node:timers/promises';
import type { Replica } from '../platform/db/replica/replica.ts';
import type { Unused } from '../platform/db/replica/trouble.ts';
import type { Finding } from './finding.ts';

const check = 'replica';

const todo: Readonly<Record<Unused, string>> = {
  unlooked: 'Look again.',
  away: 'Check host, port, user and password in DATABASE_REPLICA_URL, and that PostgreSQL runs there. The service goes on without it.',
  late: 'Look at pg_stat_replication on the primary, and at pg_stat_wal_receiver and pg_is_wal_replay_paused() on the replica. Until it has caught up, the primary answers.',
  unfit:
    'Name the same database on a server that follows that of DATABASE_URL by streaming replication, or leave DATABASE_REPLICA_URL out.',
};

/** The service starts without it; whoever has named one wants to know. */
export async function replicaFinding(replica: Replica): Promise<Finding> {
  await replica.look();
  // What the primary had written by then has had its time to arrive.
  await pause(500);
  await replica.look();
  const { trouble, lagSeconds = 0 } = replica;
  if (!trouble) return { check, ok: true, detail: `follows, ${lagSeconds} s behind at most` };
  return { check, ok: false, detail: trouble.why, todo: todo[trouble.unused] };
}
