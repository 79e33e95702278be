import { createHash } from 'node:crypto';
import type { Transaction } from '../../platform/change.ts';
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

/** A counter that an attempt has raised, and the wait that it set on it. */
interface Raised {
  readonly key: string;
  readonly blockedUntil: Date | null;
}

export interface Attempt {
  readonly raised: readonly Raised[];
  /** Refused whatever the password is, with the same answer as a wrong one. */
  readonly isBlocked: boolean;
}

export interface Who {
  /** What was typed, folded; it need not be anybody's. */
  readonly identifier: string;
  readonly userId: string | undefined;
  readonly address: string;
}

const forgetAfterSeconds = hourSeconds;
const maxWaitSeconds = 15 * minuteSeconds;
/** Those of several processes, at most: a guess more is worse than a moment more of waiting. */
const clocksDifferSeconds = minuteSeconds;
const nobody = '00000000-0000-0000-0000-000000000000';
const free = { account: 5, address: 100, device: 20, factor: 5 };

const knownDevice = statement(
  'auth.knownDevice',
  ({ userId, address }: Args<{ userId: string; address: string }>) =>
    Session.query()
      .where({ userId, address })
      // An administrator's desk is no device of the account.
      .whereNull('impersonatorId')
      .select('id')
      .limit(1),
);

// What could not be given back is kept for later; beyond this, it stays counted.
const maxOwed = 10_000;

/**
 * Guesses of passwords, held back by growing delays (OWASP ASVS 5.0, 6.3.1). An attempt is
 * counted before its password is looked at, so that parallel guesses cannot slip through. Only a
 * wrong password stays counted.
 */
export class SignInAttempts {
  readonly #db: Database;
  readonly #clock: Clock;
  #owed: Raised[] = [];

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Counts an attempt and says whether it must be refused. */
  async begin(who: Who): Promise<Attempt> {
    await this.#payBack();
    const counters = await this.#countersOf(who);
    const raised = await this.#count(counters);
    return { raised, isBlocked: raised.length < counters.length };
  }

  /**
   * Counts a try at a second factor: by account alone, so that neither a new sign-in nor another
   * address or device gives new tries. Who gets here knows the first factor.
   */
  async beginFactor(userId: string): Promise<Attempt> {
    await this.#payBack();
    const raised = await this.#count([{ key: `factor:${userId}`, free: free.factor }]);
    return { raised, isBlocked: raised.length === 0 };
  }

  /** For whoever was given a new password: what was guessed before says nothing of it. */
  async forget(userId: string): Promise<void> {
    await attemptsAt(this.#db, userId).delete();
  }

  /**
   * The password was right: the account's counter starts anew, the address gets its one back. All
   * or nothing, so that an attempt which fails here is given back once.
   */
  async succeed(tx: Transaction, { raised }: Attempt): Promise<void> {
    for (const one of raised) {
      if (one.key.startsWith('address:')) await lower(tx, one);
      else await tx('sign_in_attempts').where({ key: one.key }).delete();
    }
  }

  /** What fails for another reason than the password is no guess: the attempt is given back. */
  async sparing<Result>(attempt: Attempt, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      await this.giveBack(attempt);
      throw error;
    }
  }

  /** As if it had not been made. While the database is away, it is owed until the next attempt. */
  async giveBack({ raised }: Attempt): Promise<void> {
    this.#owed.push(...raised.slice(0, maxOwed - this.#owed.length));
    await this.#payBack();
  }

  async #payBack(): Promise<void> {
    for (let one = this.#owed.shift(); one; one = this.#owed.shift()) {
      try {
        await lower(this.#db, one);
      } catch {
        this.#owed.push(one);
        return;
      }
    }
  }

  /**
   * A device from which the account has signed in before has a counter of its own: strangers
   * cannot lock its owner out.
   */
  async #countersOf({ identifier, userId, address }: Who): Promise<Counter[]> {
    const network = networkOf(address);
    // Runs for unknown accounts, too, so that they take as long as known ones.
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
   * One statement decides and counts, for all counters or for none: while a key is blocked, there
   * is no row to change. Parallel attempts take turns on the rows, so that each sees what the one
   * before it left.
   */
  async #count(counters: readonly Counter[]): Promise<Raised[]> {
    const now = this.#clock.now();
    const { rows } = await this.#db.raw<{ rows: Raised[] }>(
      `with counters as (select * from unnest(:keys::text[], :free::int[]) as c (key, free))
       insert into sign_in_attempts as a (key, failures, updated_at)
       select key, 1, :now from counters
       on conflict (key) do update set
         failures = case when a.updated_at < :forgotten then 1 else a.failures + 1 end,
         blocked_until = case when a.updated_at >= :forgotten then
           (select :now::timestamptz + make_interval(
              secs => least(power(2, least(a.failures + 1 - free, 20)), :max))
            from counters where counters.key = a.key and a.failures + 1 >= free) end,
         updated_at = :now
       where a.blocked_until is null or a.blocked_until <= :now or a.blocked_until > :longest
       returning key, blocked_until as "blockedUntil"`,
      {
        keys: counters.map(({ key }) => key),
        free: counters.map((counter) => counter.free),
        now,
        max: maxWaitSeconds,
        // Nobody waits longer: the clock that set such a wait was wrong, or this one is.
        longest: secondsAfter(now, maxWaitSeconds + clocksDifferSeconds),
        forgotten: secondsAfter(now, -forgetAfterSeconds),
      },
    );
    return rows;
  }
}

/** One less, and without the wait that it set. A counter that has started anew owes nothing. */
async function lower(db: Database, { key, blockedUntil }: Raised): Promise<void> {
  await db.raw(
    `update sign_in_attempts set
       failures = failures - 1,
       blocked_until = case when blocked_until = :blockedUntil::timestamptz then null else blocked_until end
     where key = :key and failures > 0`,
    { key, blockedUntil },
  );
}

/** Hashed: what was typed need not be anybody's address, but it may be. */
/** Those at an account, and those from its known devices. */
export function attemptsAt(db: Database, userId: string) {
  return db('sign_in_attempts')
    .where({ key: accountKey(userId) })
    .orWhere('key', 'like', `device:${userId}:%`);
}

function accountKey(who: string): string {
  return `account:${createHash('sha256').update(who).digest('hex')}`;
}
