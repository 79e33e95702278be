import type { Actor } from '../../platform/auth/actor.ts';
import { Session } from '../../platform/auth/session-model.ts';
import type { Sessions } from '../../platform/auth/sessions.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Audit } from '../audit/service.ts';
import { ofLiveAccount } from '../users/model.ts';

interface OwnSessionsParts {
  readonly db: Database;
  readonly sessions: Sessions;
  readonly audit: Audit;
}

/** Where somebody is signed in, and how they end it. */
export class OwnSessions {
  readonly #parts: OwnSessionsParts;

  constructor(parts: OwnSessionsParts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<Session[]> {
    const sessions = await this.#parts.sessions.list(actor.id).modify(ofLiveAccount);
    // Not even that of the request: gone since the guard looked.
    if (sessions.length === 0) throw problem('unauthenticated');
    return sessions;
  }

  /** A session of somebody else does not exist for the actor. */
  async end(actor: Actor, sessionId: string): Promise<void> {
    const { db, sessions, audit } = this.#parts;
    await inTransaction(db, async (trx) => {
      const own = { id: sessionId, userId: actor.id };
      const session = await Session.query(trx).findOne(own).whereNull('revokedAt').forUpdate();
      if (!session) throw problem('not_found', { detail: 'There is no such session.' });
      await sessions.end(trx, sessionId, 'ended_by_user');
      await audit.record(trx, actor, { target: { type: 'session', id: sessionId } });
    });
  }

  endOthers(actor: Actor): Promise<number> {
    return this.#endAll(actor, actor.session?.id);
  }

  endAll(actor: Actor): Promise<number> {
    return this.#endAll(actor, undefined);
  }

  #endAll(actor: Actor, except: string | undefined): Promise<number> {
    const { db, sessions, audit } = this.#parts;
    return inTransaction(db, async (trx) => {
      const ended = await sessions.endAllOf(trx, actor.id, { reason: 'ended_by_user', except });
      await audit.record(trx, actor, { target: { type: 'user', id: actor.id } });
      return ended;
    });
  }
}
