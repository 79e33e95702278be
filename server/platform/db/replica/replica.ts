import { setTimeout as pause } from 'node:timers/promises';
import { outsideCalls } from '../../observability/call-context.ts';
import type { Log } from '../../observability/log.ts';
import { type Explanation, StartFailure } from '../../start-failure.ts';
import type { Database } from '../connect.ts';
import { Lookout, type LookoutParts } from './lookout.ts';
import { standingOf } from './standing.ts';
import {
  isGone,
  ReplicaUnused,
  type Trouble,
  type Unused,
  unlooked,
  unreached,
} from './trouble.ts';

export interface ReplicaParts extends LookoutParts {
  readonly openPool: () => Database;
  readonly log: Pick<Log, 'warn' | 'info'>;
}

const lookEveryMs = 500;
/** A wrong address is put right by people. */
const lookAgainMs = 5_000;

/**
 * A server that follows the primary, for reads that may be a little old. It may be away, hang or be late:
 * then nobody waits for it, and whoever reads is told to ask the primary.
 *
 * It is looked at all the time, so that most know before they ask that it is away. Whose it is and how old, each read
 * finds out on its own connection, because several servers may stand behind one address.
 */
export class Replica {
  readonly #parts: ReplicaParts;
  readonly #lookout: Lookout;
  readonly #underway = new Set<(reason: ReplicaUnused) => void>();
  readonly #closing = new AbortController();
  #pool: Database;
  #trouble: Trouble | undefined = unlooked;
  #looking: Promise<void> | undefined;

  constructor(parts: ReplicaParts) {
    this.#parts = parts;
    this.#lookout = new Lookout(parts);
    this.#pool = parts.openPool();
  }

  /** Why it is not used; undefined: it is. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /**
   * Why there is no use in asking it. That it was late may be true of one server behind the address, and
   * is found out by the read.
   */
  get unused(): Unused | undefined {
    const unused = this.#trouble?.unused;
    return unused === 'late' ? undefined : unused;
  }

  /** How old it was when it was looked at last, at most; undefined: not known. */
  get lagSeconds(): number | undefined {
    return this.#lookout.lagSeconds;
  }

  /**
   * Waits for the first look, and not for its success: the service does without.
   * @throws {StartFailure} where it has the data of another database.
   */
  async start(): Promise<void> {
    await this.look();
    if (this.#trouble?.isForeign) throw new StartFailure(foreign);
    void outsideCalls(() => this.#keepLooking());
  }

  /** One look at a time. Never fails: what is wrong is `trouble`. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /**
   * @throws {ReplicaUnused} where it is away, too old, or none, also in the midst of the work; or
   * whatever the work throws. In each case the primary may know better.
   */
  async read<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    if (this.#trouble && this.unused) throw new ReplicaUnused(this.#trouble);
    const { promise: givenUp, reject: giveUp } = Promise.withResolvers<never>();
    this.#underway.add(giveUp);
    try {
      return await Promise.race([this.#readFresh(work), givenUp]);
    } catch (error) {
      if (isGone(error)) this.#found(unreached(error));
      throw error;
    } finally {
      this.#underway.delete(giveUp);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#pool.destroy(), this.#lookout.close()]);
  }

  #readFresh<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    return this.#pool.transaction(
      async (trx) => {
        // Before anything else: what is read after it is no older.
        const trouble = this.#lookout.judge(await standingOf(trx));
        if (trouble) throw new ReplicaUnused(trouble);
        return work(trx);
      },
      { readOnly: true },
    );
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const waitMs = this.#trouble?.unused === 'unfit' ? lookAgainMs : lookEveryMs;
      await pause(waitMs, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await this.look();
    }
  }

  async #look(): Promise<void> {
    this.#found(await this.#lookout.look());
    if (this.#trouble?.unused === 'unfit') this.#lookout.renew();
  }

  #found(trouble: Trouble | undefined): void {
    const before = this.#trouble;
    this.#trouble = trouble;
    if (this.#closing.signal.aborted || before?.unused === trouble?.unused) return;
    this.#tell(trouble);
    const isLost = trouble?.unused === 'away' || trouble?.unused === 'unfit';
    if (isLost) this.#giveUp(new ReplicaUnused(trouble));
  }

  #tell(trouble: Trouble | undefined): void {
    const { log } = this.#parts;
    if (trouble) {
      const { unused: reason, why, error: err } = trouble;
      log.warn({ reason, why, err }, 'reads that may be late go to the primary');
    } else {
      log.info('reads that may be late go to the replica');
    }
  }

  /** Nobody waits any longer for what it will not answer; whoever comes later connects anew. */
  #giveUp(reason: ReplicaUnused): void {
    for (const giveUp of this.#underway) giveUp(reason);
    void this.#pool.destroy().catch(() => {});
    this.#pool = this.#parts.openPool();
    this.#lookout.renew();
  }
}

const foreign: Explanation = {
  what: 'DATABASE_REPLICA_URL does not lead to a replica of the database.',
  why: 'That server follows another one than that of DATABASE_URL, or another database is named there.',
  todo: 'Name the same database on a server that follows that of DATABASE_URL by streaming replication (docs/scaling.md#a-replica), or leave DATABASE_REPLICA_URL out.',
};
