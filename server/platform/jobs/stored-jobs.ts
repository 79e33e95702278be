import type { Database } from '../db/connect.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import type { Envelope } from './envelope.ts';
import type { Job } from './job.ts';
import type { QueueState } from './queue.ts';

// pg-boss reads and writes these tables, and so may others (its documentation, "SQL"). What a change
// needs is written here by one statement on its own connection: pg-boss would look at its queues
// over a second one, which may never come while changes wait for each other and hold all of them.

const hourSeconds = 3_600;
const daySeconds = 86_400;

/** A dead letter is kept so long; what waits is never given up because of its age alone. */
const deadSeconds = 30 * daySeconds;
const waitingSeconds = 10 * 365 * daySeconds;
/** A process that stays silent for so long has died: its job is somebody else's. */
const heartbeatSeconds = 30;

/** What pg-boss has to know of a kind of job. */
export type Terms = Pick<Job<unknown>, 'name' | 'attempts' | 'retrySeconds' | 'timeoutSeconds'>;

function columnsOf({ attempts, retrySeconds, timeoutSeconds }: Terms) {
  return {
    retryLimit: attempts - 1,
    retryDelay: retrySeconds,
    retryBackoff: true,
    retryDelayMax: hourSeconds,
    expireSeconds: timeoutSeconds,
    heartbeatSeconds,
  };
}

/** Makes a queue for each kind of job, or brings it up to date. */
export async function makeQueues(db: Database, jobs: readonly Terms[]): Promise<void> {
  const rows = jobs.map((job) => ({
    name: job.name,
    policy: 'standard',
    partition: false,
    tableName: 'job_common',
    retentionSeconds: waitingSeconds,
    deletionSeconds: deadSeconds,
    ...columnsOf(job),
  }));
  if (rows.length > 0) await db('pgboss.queue').insert(rows).onConflict('name').merge();
}

export interface NewJob {
  readonly id: string;
  readonly envelope: Envelope;
  readonly after?: Date | undefined;
}

/** Without `after` it is due at once, by the clock of the database, as everything that is due. */
export async function insertJob(
  tx: UnitOfWork,
  terms: Terms,
  { id, envelope, after }: NewJob,
): Promise<void> {
  const start = after ?? tx.raw('now()');
  await tx('pgboss.job').insert({
    id,
    name: terms.name,
    data: envelope,
    policy: 'standard',
    startAfter: start,
    keepUntil: tx.raw("?::timestamptz + ? * interval '1s'", [start, waitingSeconds]),
    deletionSeconds: deadSeconds,
    ...columnsOf(terms),
  });
}

/** Gives a job back as if nobody had taken it: the attempt does not count. */
export async function handBack(db: Database, name: string, id: string): Promise<void> {
  await db('pgboss.job')
    .where({ name, id, state: 'active' })
    .update({ state: 'created', startedOn: null, startAfter: db.raw('now()') });
}

/** Whether a job of these kinds is due. */
export async function isAnyDue(db: Database, names: readonly string[]): Promise<boolean> {
  const due = db('pgboss.job')
    .whereRaw("state < 'active'")
    .whereRaw('start_after <= now()')
    .whereIn('name', names);
  return (await due.first('id')) !== undefined;
}

/** Queues of pg-boss itself do not count. */
export async function readState(db: Database): Promise<QueueState> {
  const { rows } = await db.raw<{ rows: [QueueState] }>(
    `select due.waiting, due."oldestWaitingSeconds", failed.dead from
       (select count(*)::int as waiting,
          coalesce(greatest(extract(epoch from now() - min(start_after)), 0), 0)::float8
            as "oldestWaitingSeconds"
        from pgboss.job
        where state in ('created', 'retry') and start_after <= now() and not starts_with(name, '__')) as due,
       (select count(*)::int as dead from pgboss.job
        where state = 'failed' and not starts_with(name, '__')) as failed`,
  );
  return rows[0];
}

/** Jobs that were done a day ago; dead letters are kept. */
export async function deleteDone(db: Database, limit: number): Promise<number> {
  const done = db('pgboss.job')
    .select('name', 'id')
    .where({ state: 'completed' })
    .whereRaw("completed_on < now() - interval '1 day'")
    .limit(limit)
    .forUpdate()
    .skipLocked();
  return db('pgboss.job').whereIn(['name', 'id'], done).delete();
}
