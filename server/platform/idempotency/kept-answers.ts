import { createHash } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { type Clock, hourSeconds, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import { problem } from '../problem-error.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import {
  answersSealed,
  deleteAnswer,
  findAnswer,
  insertAnswer,
  type KeptAnswer,
} from './kept-answer.ts';

/** Whose key it is, and for what. A key of one actor or operation says nothing about another's. */
export interface KeyScope {
  readonly actor: string;
  /** Who really acts, where somebody acts as the actor: they have keys of their own. */
  readonly by: string | undefined;
  readonly operation: string;
  readonly key: string;
}

/** What was done with a key. */
export interface Kept {
  /** A hash of the input. Sealed: a password may be part of it. */
  readonly fingerprint: string;
  /** Nothing, where it carried a secret. */
  readonly answer?: KeptReply;
}

export interface KeptReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Somebody else did it between the first look and the claim. */
export class AnsweredMeanwhile extends Error {
  override readonly name = 'AnsweredMeanwhile';
  readonly kept: Kept;

  constructor(kept: Kept) {
    super('The same request was answered meanwhile');
    this.kept = kept;
  }
}

/** Whoever was first needs no longer than a request. */
const retryAfterSeconds = 1;

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly secretKeys: SecretKeys;
  readonly config: Pick<Config, 'retention'>;
}

/** The answers to requests with an `Idempotency-Key`, written in the transactions of what they answer. */
export class KeptAnswers {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async find(scope: KeyScope): Promise<Kept | undefined> {
    const { db, clock } = this.#parts;
    const id = idOf(scope);
    const row = await findAnswer.find(db, { id });
    return row && row.expiresAt > clock.now() ? this.#opened(id, row) : undefined;
  }

  /**
   * Makes the transaction the only one that works on this. The lock waits for nobody, so that it has
   * no place in the order of locks, and ends with the transaction. The look behind it sees whatever
   * was committed before.
   * @throws a problem `idempotency_key_in_use`, or AnsweredMeanwhile.
   */
  async claim(tx: UnitOfWork, scope: KeyScope): Promise<void> {
    const id = idOf(scope);
    const { rows } = await tx.raw('select pg_try_advisory_xact_lock(?) as mine', [lockOf(id)]);
    if (!rows[0].mine) throw problem('idempotency_key_in_use', { retryAfterSeconds });
    const row = await findAnswer.find(tx, { id });
    if (row && row.expiresAt > this.#parts.clock.now()) {
      throw new AnsweredMeanwhile(this.#opened(id, row));
    }
    // One that has had its time makes room.
    if (row) await deleteAnswer.run(tx, { id });
  }

  async keep(tx: UnitOfWork, scope: KeyScope, kept: Kept): Promise<void> {
    const { config, secretKeys } = this.#parts;
    const id = idOf(scope);
    await insertAnswer.run(tx, {
      id,
      actor: scope.actor,
      operation: scope.operation,
      sealedAnswer: secretKeys.seal(JSON.stringify(kept), answersSealed.about(id)),
      createdAt: tx.now,
      expiresAt: secondsAfter(tx.now, config.retention.idempotencyHours * hourSeconds),
    });
  }

  #opened(id: string, { sealedAnswer }: Pick<KeptAnswer, 'sealedAnswer'>): Kept {
    return JSON.parse(this.#parts.secretKeys.open(sealedAnswer, answersSealed.about(id)));
  }
}

function idOf({ actor, by, operation, key }: KeyScope): string {
  return createHash('sha256')
    .update(JSON.stringify([actor, by ?? null, operation, key]))
    .digest('hex');
}

/** PostgreSQL names such a lock by 64 bits. */
function lockOf(id: string): string {
  return String(BigInt.asIntN(64, BigInt(`0x${id.slice(0, 16)}`)));
}
