import type { Actor } from '../../platform/auth/actor.ts';
import type { Change } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import { Session } from './model.ts';
import type { Sessions } from './service.ts';

/** Where somebody is signed in, and how they end it. */
export class OwnSessions {
  readonly #change: Change;
  readonly #sessions: Sessions;

  constructor({ change }: { change: Change }, sessions: Sessions) {
    this.#change = change;
    this.#sessions = sessions;
  }

  async list(actor: Actor): Promise<Session[]> {
    const sessions = await this.#sessions.listOf(actor.id);
    // Not even that of the call: gone since the guard looked.
    if (sessions.length === 0) throw problem('unauthenticated');
    return sessions;
  }

  /** A session of somebody else does not exist for the actor. */
  async end(actor: Actor, sessionId: string): Promise<void> {
    await this.#change(actor, async (tx) => {
      const own = { id: sessionId, userId: actor.id };
      const session = await Session.query(tx).findOne(own).whereNull('revokedAt').forUpdate();
      if (!session) throw problem('not_found', { detail: 'There is no such session.' });
      await this.#sessions.end(tx, sessionId, 'ended_by_user');
      await tx.audit({ target: { type: 'session', id: sessionId } });
    });
  }

  endOthers(actor: Actor): Promise<number> {
    return this.#endAll(actor, actor.session?.id);
  }

  endAll(actor: Actor): Promise<number> {
    return this.#endAll(actor, undefined);
  }

  #endAll(actor: Actor, except: string | undefined): Promise<number> {
    return this.#change(actor, async (tx) => {
      const reason = 'ended_by_user';
      const ended = await this.#sessions.endAllOf(tx, actor.id, { reason, except });
      await tx.audit({ target: { type: 'user', id: actor.id } });
      return ended;
    });
  }
}
