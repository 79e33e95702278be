import { createHash, randomUUIDv7 } from 'node:crypto';
import type { Transaction } from '../../platform/change.ts';
import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { problem } from '../../platform/problem-error.ts';
import type { SecretKeys } from '../../platform/secrets/secret-keys.ts';
import {
  aboutProviderSession,
  LogoutToken,
  lockedInOrder,
  ProviderSession,
  Session,
} from './model.ts';
import type { Sessions } from './service.ts';

/** A second factor has to be proven sooner. */
const pendingSeconds = 10 * minuteSeconds;
/** A token is good a moment longer than it says: clocks differ. */
const skewSeconds = minuteSeconds;

/** A session at a provider, from which one of ours begins. */
export interface AtProvider {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly sid?: string;
  readonly idToken: string;
}

/** What a provider says has ended: the session that is named, else all of the subject. */
export interface EndedThere {
  readonly issuer: string;
  readonly subject?: string;
  readonly sid?: string;
  readonly tokenId: string;
  readonly expiresAt: Date;
}

interface Parts {
  readonly db: Database;
  readonly secretKeys: SecretKeys;
}

interface Tokens {
  readonly idToken: string;
  readonly sid?: string;
}

/**
 * From which sessions at providers ours began: to sign out there, and to be signed out from there.
 * What is found by is a hash; what is read is sealed, and goes with the session.
 */
export class ProviderSessions {
  readonly #parts: Parts;
  readonly #sessions: Sessions;

  constructor(parts: Parts, sessions: Sessions) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  /**
   * Keeps one for a session that is about to begin, in the change that uses its proof up.
   * @throws a problem `invalid_link` where it has ended there meanwhile.
   */
  async keep(tx: Transaction, at: AtProvider): Promise<string> {
    const { provider, issuer, subject, sid, idToken } = at;
    const id = randomUUIDv7();
    const sidHash = sid === undefined ? null : hashOf(issuer, sid);
    if (sidHash !== null) {
      await takeTurn(tx, sidHash);
      const isOver = await LogoutToken.query(tx).findOne({ sidHash });
      if (isOver) throw problem('invalid_link');
    }
    const tokens: Tokens = { idToken, ...(sid !== undefined && { sid }) };
    await ProviderSession.query(tx).insert({
      id,
      provider,
      subjectHash: hashOf(issuer, subject),
      sidHash,
      sealedTokens: this.#parts.secretKeys.seal(JSON.stringify(tokens), aboutProviderSession(id)),
      createdAt: tx.now,
      expiresAt: secondsAfter(tx.now, pendingSeconds),
    });
    return id;
  }

  /**
   * Ties it to the session that has begun.
   * @throws a problem `invalid_link` where it has ended there before the second factor was proven.
   */
  async attach(tx: Transaction, id: string, session: Session): Promise<void> {
    const { id: sessionId, expiresAt } = session;
    const waiting = ProviderSession.query(tx).findById(id).whereNull('sessionId');
    if ((await waiting.patch({ sessionId, expiresAt })) !== 1) throw problem('invalid_link');
  }

  /** From which one a session began; undefined where it began another way. */
  async find(sessionId: string): Promise<{ provider: string; idToken: string } | undefined> {
    const { db, secretKeys } = this.#parts;
    const found = await ProviderSession.query(db).findOne({ sessionId });
    if (!found) return undefined;
    const { id, provider, sealedTokens } = found;
    const opened = secretKeys.open(sealedTokens, aboutProviderSession(id));
    return { provider, idToken: (JSON.parse(opened) as Tokens).idToken };
  }

  /**
   * Ends what began from it, and answers the accounts; undefined where the same was said before. Of
   * two at once, the database lets one through.
   */
  async endFrom(tx: Transaction, ended: EndedThere, reason: string): Promise<string[] | undefined> {
    const { issuer, sid, subject, tokenId } = ended;
    const hashes = {
      ...(sid !== undefined && { sidHash: hashOf(issuer, sid) }),
      ...(subject !== undefined && { subjectHash: hashOf(issuer, subject) }),
    };
    const { sidHash = null } = hashes;
    if (sidHash !== null) await takeTurn(tx, sidHash);
    const used = await tx('logout_tokens')
      .insert({
        ...{ id: hashOf(issuer, tokenId), sidHash, createdAt: tx.now },
        expiresAt: secondsAfter(ended.expiresAt, skewSeconds),
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (used.length === 0) return undefined;
    const begun = ProviderSession.query(tx).where(hashes).modify(lockedInOrder);
    const gone = await ProviderSession.query(tx)
      .delete()
      .whereIn('id', begun)
      .returning('sessionId');
    const ids = gone.flatMap(({ sessionId }) => sessionId ?? []);
    const live = await Session.query(tx)
      .whereIn('id', ids)
      .whereNull('revokedAt')
      .orderBy('id')
      .forUpdate();
    for (const { id } of live) await this.#sessions.end(tx, id, reason);
    return [...new Set(live.map(({ userId }) => userId))];
  }
}

/** A session that begins and the end of what it begins from come one after the other. */
async function takeTurn(tx: Transaction, sidHash: string): Promise<void> {
  await tx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [sidHash]);
}

/**
 * The session id of a provider is long and random; a subject stands readable with the identity. So a
 * plain hash gives nothing away, and is found after the secrets of this service have changed.
 */
function hashOf(issuer: string, value: string): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, value]))
    .digest('base64url');
}
