import type { NewImpersonation } from '../../../contract/impersonation.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { exhausted } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { SignedIn } from '../auth/sign-in.ts';
import { assertHoldsAll, permissionsOf } from '../roles/rights.ts';
import type { Device, Sessions } from '../sessions/service.ts';
import { lockToChange } from '../users/membership.ts';
import type { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import { impersonatedMail } from './mails.ts';

interface Others {
  readonly sessions: Sessions;
  readonly users: Users;
  readonly deliver: AuthFeature['deliver'];
}

const asTheSystem = systemActor('impersonation');

/** Acting as somebody else for a while, and as oneself again. */
export class Impersonation {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  /** @throws a problem `permission_denied` for an account that may do anything the actor may not. */
  async start(
    actor: Actor,
    userId: string,
    { reason, ...rest }: NewImpersonation,
    device: Device,
  ): Promise<SignedIn> {
    exhausted(rest);
    if (actor.id === userId) throw problem('own_account_protected');
    const { change, config, telemetry } = this.#platform;
    const { sessions, users, deliver } = this.#others;
    const own = await sessions.getCurrent(actor);
    const begun = await change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId);
      assertHoldsAll(actor, permissionsOf(user.roles ?? []));
      if (user.deactivatedAt) throw problem('account_inactive');
      const seconds = config.impersonation.seconds;
      const started = await sessions.startActing(tx, { own, userId, seconds, device });
      await tx.audit({ target: { type: 'user', id: userId }, reason });
      await this.#tell(tx, user, { byUserId: own.userId, sessionId: started.session.id, reason });
      return started;
    });
    telemetry.accounts.countImpersonation('started');
    return deliver(await users.get(asTheSystem, userId), begun);
  }

  /** The session from which it was begun goes on, in the hands of whoever holds this one. */
  async end(actor: Actor): Promise<SignedIn> {
    const { change, telemetry } = this.#platform;
    const { sessions, users, deliver } = this.#others;
    const { id, impersonatorId, impersonatorSessionId } = await sessions.getCurrent(actor);
    if (!impersonatorId || !impersonatorSessionId) throw problem('not_impersonating');
    const own = await change(actor, async (tx) => {
      const handed = await sessions.handBack(tx, impersonatorSessionId);
      await sessions.end(tx, id, 'impersonation_ended');
      await tx.audit({ target: { type: 'session', id } });
      return handed;
    });
    telemetry.accounts.countImpersonation('ended');
    return deliver(await users.get(asTheSystem, impersonatorId), own);
  }

  async #tell(
    tx: Transaction,
    user: User,
    { reason, ...ids }: { byUserId: string; sessionId: string; reason: string },
  ): Promise<void> {
    const { mail, config } = this.#platform;
    await tx.publish({ name: 'account.impersonated', data: { userId: user.id, ...ids } });
    if (!config.impersonation.isTold) return;
    const when = { at: tx.now.toISOString(), timeZone: user.timeZone };
    await mail.write(tx, impersonatedMail, user, { ...when, reason });
  }
}
