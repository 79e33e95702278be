import type { Actor } from '../auth/actor.ts';
import type { Change } from '../change.ts';
import type { Database } from '../db/connect.ts';

/** How a job stands, in words of ours: `waiting` may wait for its time, `dead` is not tried again. */
export const jobStates = ['waiting', 'active', 'done', 'dead'] as const;
export type JobState = (typeof jobStates)[number];

const stored: Readonly<Record<JobState, readonly string[]>> = {
  waiting: ['created', 'retry'],
  active: ['active'],
  done: ['completed'],
  dead: ['failed', 'cancelled'],
};

export interface StoredJob {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  /** How often it was tried. */
  readonly attempts: number;
  readonly enqueuedAt: Date;
  readonly dueAt: Date;
  readonly requestId: string | null;
  /** Why the last attempt failed. */
  readonly error: string | null;
}

/** For whoever looks after the queue. Data of jobs is never shown: ids of people may be in it. */
export class JobDesk {
  readonly #db: Database;
  readonly #change: Change;

  constructor({ db, change }: { db: Database; change: Change }) {
    this.#db = db;
    this.#change = change;
  }

  /** The oldest first. */
  async list(state: JobState | undefined, limit: number): Promise<StoredJob[]> {
    const states = state ? stored[state] : Object.values(stored).flat();
    const { rows } = await this.#db.raw<{ rows: StoredJob[] }>(
      `select id, name, created_on as "enqueuedAt", start_after as "dueAt",
         case state when 'created' then 'waiting' when 'retry' then 'waiting'
           when 'active' then 'active' when 'completed' then 'done' else 'dead' end as state,
         case when started_on is null then 0 else retry_count + 1 end as attempts,
         data ->> 'requestId' as "requestId",
         case when state in ('failed', 'retry') then
           coalesce(output ->> 'message', output -> 'value' ->> 'message', output ->> 'value') end as error
       from pgboss.job where state::text = any (?) and not starts_with(name, '__')
       order by created_on, id limit ?`,
      [[...states], limit],
    );
    return rows;
  }

  /** Dead letters begin anew, with all the attempts that they may have. Without an id: all of them. */
  retry(actor: Actor, id?: string): Promise<string[]> {
    return this.#each(actor, id, (dead) =>
      dead.update({
        state: 'created',
        retryCount: 0,
        startedOn: null,
        completedOn: null,
        output: null,
        startAfter: this.#db.raw('now()'),
      }),
    );
  }

  /** A dead letter that nobody needs. */
  discard(actor: Actor, id: string): Promise<string[]> {
    return this.#each(actor, id, (dead) => dead.delete());
  }

  #each(
    actor: Actor,
    id: string | undefined,
    work: (dead: ReturnType<Database>) => PromiseLike<unknown>,
  ): Promise<string[]> {
    return this.#change(actor, async (tx) => {
      const dead = tx('pgboss.job').where({ state: 'failed' });
      const ids: string[] = await (id ? dead.where({ id }) : dead).forUpdate().pluck('id');
      await work(tx('pgboss.job').where({ state: 'failed' }).whereIn('id', ids));
      for (const each of ids) await tx.audit({ target: { type: 'job', id: each } });
      return ids;
    });
  }
}
