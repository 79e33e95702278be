import { randomUUIDv7 } from 'node:crypto';
import type { ApiKeyRotation, NewApiKey } from '../../../contract/api-keys.ts';
import type { EventName } from '../../../contract/events.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, earlier, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Platform } from '../../platform/platform.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { hashKey, makeKey } from './key-text.ts';
import { ApiKey, apiKeyEnded } from './model.ts';

/** Whose key it is. */
export type KeyOwner = { readonly userId: string } | { readonly serviceAccountId: string };

/** A key that was just made, and its text, which nobody can tell later. */
export interface MadeKey {
  readonly apiKey: ApiKey;
  readonly key: string;
}

const maxLive = 50;
const usualOverlapSeconds = daySeconds;

/** The keys of an owner, inside the change of whoever may change them. */
export class ApiKeys {
  readonly #platform: Pick<Platform, 'db' | 'config'>;

  constructor(platform: Pick<Platform, 'db' | 'config'>) {
    this.#platform = platform;
  }

  async list(owner: KeyOwner): Promise<ApiKey[]> {
    const { db } = this.#platform;
    return ApiKey.query(db)
      .where({ ...owner })
      .orderBy('id', 'desc')
      .limit(200);
  }

  async get(owner: KeyOwner, id: string, db: Database = this.#platform.db): Promise<ApiKey> {
    const found = await ApiKey.query(db).findOne({ id, ...owner });
    if (!found) throw noSuchKey();
    return found;
  }

  /** Whosever it is: the id is all that one sees of a key that was found somewhere. */
  async getAny(id: string): Promise<ApiKey> {
    const found = await ApiKey.query(this.#platform.db).findById(id);
    if (!found) throw noSuchKey();
    return found;
  }

  /** The owner is locked, so that two at once do not go past the maximum. */
  async issue(tx: Transaction, owner: KeyOwner, input: NewApiKey): Promise<MadeKey> {
    const { name, scopes, expiresInDays } = input;
    const live = ApiKey.query(tx)
      .where({ ...owner })
      .where('expiresAt', '>', tx.now);
    if ((await live.resultSize()) >= maxLive) throw problem('too_many_api_keys');
    const id = randomUUIDv7();
    const key = makeKey(id);
    const apiKey = await ApiKey.query(tx).insertAndFetch({
      id,
      ...owner,
      name,
      secretHash: hashKey(key),
      scopes: [...new Set<Permission>(scopes)].sort(),
      createdAt: tx.now,
      expiresAt: secondsAfter(tx.now, this.#daysOf(expiresInDays) * daySeconds),
    });
    await tell(tx, 'api_key.created', apiKey);
    return { apiKey, key };
  }

  /**
   * A successor, and an end for the key in hand. One statement decides: of two who rotate a key at
   * once, one gets the successor.
   */
  async rotate(
    tx: Transaction,
    owner: KeyOwner,
    id: string,
    { overlapSeconds = usualOverlapSeconds, expiresInDays }: ApiKeyRotation,
  ): Promise<MadeKey> {
    const endsAt = secondsAfter(tx.now, overlapSeconds);
    const [old] = await ApiKey.query(tx)
      .patch({ rotatedAt: tx.now, expiresAt: tx.raw('least(expires_at, ?::timestamptz)', endsAt) })
      .where({ id, ...owner })
      .whereNull('rotatedAt')
      .whereNull('revokedAt')
      .where('expiresAt', '>', tx.now)
      .returning('*');
    if (!old) {
      await this.get(owner, id, tx);
      throw problem('api_key_ended');
    }
    await tx.revoke({ kind: apiKeyEnded, subject: id });
    await tell(tx, 'api_key.rotated', old);
    return this.issue(tx, owner, { name: old.name, scopes: old.scopes, expiresInDays });
  }

  async revoke(tx: Transaction, owner: KeyOwner, id: string): Promise<void> {
    const key = await this.get(owner, id, tx);
    await this.#end(tx, [key]);
  }

  /** Whoever made them may have been somebody else. */
  async revokeAll(tx: Transaction, owner: KeyOwner): Promise<void> {
    await this.#end(
      tx,
      await ApiKey.query(tx)
        .where({ ...owner })
        .orderBy('id'),
    );
  }

  async #end(tx: Transaction, keys: readonly ApiKey[]): Promise<void> {
    for (const { id, expiresAt } of keys) {
      const [ended] = await ApiKey.query(tx)
        .patch({ revokedAt: tx.now, expiresAt: earlier(expiresAt, tx.now) })
        .where({ id })
        .whereNull('revokedAt')
        .returning('*');
      await tx.revoke({ kind: apiKeyEnded, subject: id });
      if (ended) await tell(tx, 'api_key.revoked', ended);
    }
  }

  #daysOf(wanted: number | undefined): number {
    const { usualDays, maxDays } = this.#platform.config.apiKeys;
    if (wanted === undefined || wanted <= maxDays) return wanted ?? usualDays;
    throw invalidInput({
      in: 'body',
      path: 'expiresInDays',
      code: 'too_large',
      message: `At most ${maxDays}`,
    });
  }
}

function noSuchKey() {
  return problem('not_found', { detail: 'There is no such API key.' });
}

type KeyEvent = Extract<EventName, `api_key.${string}`>;

function tell(tx: Transaction, name: KeyEvent, key: ApiKey): Promise<void> {
  const { id: apiKeyId, userId, serviceAccountId } = key;
  return tx.publish({ name, data: { apiKeyId, userId, serviceAccountId } });
}
