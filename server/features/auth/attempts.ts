import { createHash } from 'node:crypto';
import { type Clock, hourSeconds, minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import { networkOf } from '../../platform/network.ts';
import { Session } from '../sessions/model.ts';

interface Counter {
  readonly key: string;
  /** So many failures are free; each one after doubles the wait. */
  readonly free: number;
}

export interface Attempt {
  readonly counters: readonly Counter[];
  /** Refused whatever the password is, with the same answer as a wrong one. */
  readonly isBlocked: boolean;
}

interface Who {
  /** What was typed, folded; it need not be anybody's. */
  readonly identifier: string;
  readonly userId: string | undefined;
  readonly address: string;
}

const forgetAfterSeconds = hourSeconds;
const maxWaitSeconds = 15 * minuteSeconds;
const nobody = '00000000-0000-0000-0000-000000000000';
const free = { account: 5, address: 100, device: 20 };

const knownDevice = statement(
  'auth.knownDevice',
  ({ userId, address }: Args<{ userId: string; address: string }>) =>
    Session.query().where({ userId, address }).select('id').limit(1),
);

/**
 * Guesses of passwords, held back by growing delays (OWASP ASVS 5.0, 6.3.1). An attempt is
 * counted before its password is looked at, so that parallel guesses cannot slip through.
 */
export class SignInAttempts {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Counts an attempt and says whether it must be refused. */
  async begin(who: Who): Promise<Attempt> {
    const counters = await this.#countersOf(who);
    const blocked = await Promise.all(counters.map((counter) => this.#count(counter)));
    return { counters, isBlocked: blocked.includes(true) };
  }

  /** For whoever was given a new password: what was guessed before says nothing of it. */
  async forget(userId: string): Promise<void> {
    await this.#db('sign_in_attempts')
      .where({ key: accountKey(userId) })
      .orWhere('key', 'like', `device:${userId}:%`)
      .delete();
  }

  /** The password was right: the account's counter starts anew, the address gets its one back. */
  async succeed(trx: Database, { counters }: Attempt): Promise<void> {
    for (const { key } of counters) {
      if (key.startsWith('address:'))
        await trx('sign_in_attempts').where({ key }).decrement('failures', 1);
      else await trx('sign_in_attempts').where({ key }).delete();
    }
  }

  /**
   * A device from which the account has signed in before has a counter of its own: strangers
   * cannot lock its owner out.
   */
  async #countersOf({ identifier, userId, address }: Who): Promise<Counter[]> {
    const network = networkOf(address);
    // Asked for nobody, too: an unknown account takes as long as a known one.
    const isKnown = await this.#isKnown(userId ?? nobody, address);
    if (isKnown) return [{ key: `device:${userId}:${network}`, free: free.device }];
    // One counter for an account, whether it is called by its address or by its username.
    return [
      { key: accountKey(userId ?? identifier), free: free.account },
      { key: `address:${network}`, free: free.address },
    ];
  }

  async #isKnown(userId: string, address: string): Promise<boolean> {
    return (await knownDevice.find(this.#db, { userId, address })) !== undefined;
  }

  /**
   * One statement decides and counts: while the key is blocked, there is no row to change. Parallel
   * attempts take turns on the row, so that each sees what the one before it left.
   */
  async #count({ key, free: limit }: Counter): Promise<boolean> {
    const now = this.#clock.now();
    const { rows } = await this.#db.raw<{ rows: unknown[] }>(
      `insert into sign_in_attempts as a (key, failures, updated_at) values (:key, 1, :now)
       on conflict (key) do update set
         failures = case when a.updated_at < :forgotten then 1 else a.failures + 1 end,
         blocked_until = case when a.updated_at < :forgotten or a.failures + 1 < :limit then null
                              else :now::timestamptz + make_interval(
                                secs => least(power(2, least(a.failures + 1 - :limit, 20)), :max)) end,
         updated_at = :now
       where a.blocked_until is null or a.blocked_until <= :now
       returning key`,
      {
        key,
        now,
        limit,
        max: maxWaitSeconds,
        forgotten: secondsAfter(now, -forgetAfterSeconds),
      },
    );
    return rows.length === 0;
  }
}

/** Hashed: what was typed need not be anybody's address, but it may be. */
function accountKey(who: string): string {
  return `account:${createHash('sha256').update(who).digest('hex')}`;
}
