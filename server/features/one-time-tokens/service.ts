import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Transaction } from '../../platform/change.ts';
import { type Clock, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { problem } from '../../platform/problem-error.ts';
import { OneTimeToken, type Purpose } from './model.ts';

/** Whom or what a token is for; a newer one for the same replaces it. */
export type About = { readonly userId: string } | { readonly subject: string };

export type Issued = {
  readonly purpose: Purpose;
  readonly lifeSeconds: number;
  readonly userId?: string | null;
  /** What it is about beside an account, such as the address that it proves. */
  readonly subject?: string | null;
  /** Whether it replaces what was issued before for the same; true when left out. */
  readonly isOnlyOne?: boolean;
};

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
}

/** Tokens that are used once: in links, and between two steps of a sign-in. */
export class OneTimeTokens {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A new token; what was issued before for the same works no more. */
  async issue(
    tx: Transaction,
    { purpose, userId = null, subject = null, lifeSeconds, isOnlyOne = true }: Issued,
  ): Promise<string> {
    const older = issuedFor(tx, userId === null ? { subject: subject ?? '' } : { userId });
    if (isOnlyOne) await older.where({ purpose }).delete();
    const token = randomBytes(32).toString('base64url');
    await OneTimeToken.query(tx).insert({
      id: randomUUIDv7(),
      purpose,
      tokenHash: hashOf(token),
      userId,
      subject,
      createdAt: tx.now,
      expiresAt: secondsAfter(tx.now, lifeSeconds),
    });
    return token;
  }

  /** Whether one was issued for the same just now: a mailbox is not to be flooded. */
  async wasIssuedWithin(
    tx: Transaction,
    { purpose, ...about }: About & { purpose: Purpose },
    seconds: number,
  ): Promise<boolean> {
    const since = secondsAfter(tx.now, -seconds);
    const recent = issuedFor(tx, about).where({ purpose }).where('createdAt', '>', since);
    return (await recent.first()) !== undefined;
  }

  /**
   * What a token is good for, which uses nothing up.
   * @throws a problem `invalid_link` for one that is unknown, used, expired, or for another purpose.
   */
  async get(
    purpose: Purpose,
    token: string,
    db: Database = this.#parts.db,
    now: Date = this.#parts.clock.now(),
  ): Promise<OneTimeToken> {
    const found = await OneTimeToken.query(db)
      .findOne({ purpose, tokenHash: hashOf(token) })
      .where('expiresAt', '>', now);
    if (!found) throw problem('invalid_link');
    return found;
  }

  /**
   * Uses a token up: one conditional statement, so that of many at once one wins. Its account is
   * locked before, as everywhere (docs/architecture.md, "One order of locks").
   * @throws a problem `invalid_link` for one that is unknown, used, expired, or for another purpose.
   */
  async consume(tx: Transaction, purpose: Purpose, token: string): Promise<OneTimeToken> {
    const { userId } = await this.get(purpose, token, tx);
    // By its table: `users` stands on this feature, and not the other way round.
    if (userId !== null) await tx('users').where({ id: userId }).forUpdate().select('id');
    const [used] = await OneTimeToken.query(tx)
      .delete()
      .where({ purpose, tokenHash: hashOf(token) })
      .where('expiresAt', '>', tx.now)
      .returning('*');
    if (!used) throw problem('invalid_link');
    return used;
  }

  /** This one works no more, if it did until now. */
  async drop(tx: Transaction, purpose: Purpose, token: string): Promise<void> {
    await OneTimeToken.query(tx)
      .delete()
      .where({ purpose, tokenHash: hashOf(token) });
  }

  /** What was issued to an account works no more: all of it, or what serves one purpose. */
  async withdraw(tx: Transaction, userId: string, purpose?: Purpose): Promise<void> {
    const issued = issuedFor(tx, { userId }).delete();
    await (purpose === undefined ? issued : issued.where({ purpose }));
  }
}

function issuedFor(tx: Transaction, about: About) {
  const tokens = OneTimeToken.query(tx);
  if ('userId' in about) return tokens.where({ userId: about.userId });
  return tokens.whereNull('userId').where({ subject: about.subject });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
