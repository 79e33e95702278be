import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Transaction } from '../../platform/change.ts';
import { secondsAfter } from '../../platform/clock.ts';
import { problem } from '../../platform/problem-error.ts';
import { OneTimeToken, type Purpose } from './model.ts';

export interface Issued {
  readonly purpose: Purpose;
  readonly userId?: string | null;
  readonly subject?: string | null;
  readonly lifeSeconds: number;
}

/** Tokens that are used once: in links, and between two steps of a sign-in. */
export class OneTimeTokens {
  /** A new token; what was issued to the account for the same purpose works no more. */
  async issue(
    tx: Transaction,
    { purpose, userId = null, subject = null, lifeSeconds }: Issued,
  ): Promise<string> {
    if (userId !== null) await this.withdraw(tx, userId, purpose);
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

  /**
   * Uses a token up: one conditional statement, so that of many at once one wins.
   * @throws a problem `invalid_link` for one that is unknown, used, expired, or for another purpose.
   */
  async consume(tx: Transaction, purpose: Purpose, token: string): Promise<OneTimeToken> {
    const [used] = await OneTimeToken.query(tx)
      .delete()
      .where({ purpose, tokenHash: hashOf(token) })
      .where('expiresAt', '>', tx.now)
      .returning('*');
    if (!used) throw problem('invalid_link');
    return used;
  }

  /** What was issued to an account works no more: all of it, or what serves one purpose. */
  async withdraw(tx: Transaction, userId: string, purpose?: Purpose): Promise<void> {
    const issued = OneTimeToken.query(tx).delete().where({ userId });
    await (purpose === undefined ? issued : issued.where({ purpose }));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
