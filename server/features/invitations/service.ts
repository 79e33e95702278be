import { randomUUIDv7 } from 'node:crypto';
import type { InvitationQuery, NewInvitation } from '../../../contract/invitations.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import { getRolesByName, lockToGive } from '../roles/giving.ts';
import { assertFree } from '../users/free-names.ts';
import type { Users } from '../users/service.ts';
import { invitationMail } from './mails.ts';
import { Invitation, inState, invitationKeyset, open, withDetails } from './model.ts';

interface Others {
  readonly users: Users;
  readonly tokens: OneTimeTokens;
}

/** Invites people, and takes it back. What becomes of it: `acceptance.ts`. */
export class Invitations {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  list(_actor: Actor, filters: InvitationQuery): Promise<KeysetPage<Invitation>> {
    const { email, state, createdFrom, createdBefore, ...page } = filters;
    const now = this.#platform.clock.now();
    const query = Invitation.query(this.#platform.db).modify(withDetails(now));
    if (email !== undefined) query.where('invitations.email', email);
    if (state !== undefined) query.modify(inState(state, now));
    return query
      .inRange(
        'invitations.createdAt',
        { from: createdFrom, before: createdBefore },
        'createdBefore',
      )
      .keysetPage(invitationKeyset, page);
  }

  async get(
    _actor: Actor,
    invitationId: string,
    db: Database = this.#platform.db,
  ): Promise<Invitation> {
    const now = this.#platform.clock.now();
    const found = await Invitation.query(db).modify(withDetails(now)).findById(invitationId);
    if (!found) throw noSuchInvitation();
    return found;
  }

  /** An open invitation for the same address is renewed: its link works no more. */
  async create(actor: Actor, { email, roles: roleNames }: NewInvitation): Promise<Invitation> {
    const { change, config, mail, links } = this.#platform;
    const { users, tokens } = this.#others;
    if (config.accounts.signUp === 'closed') throw problem('sign_up_closed');
    if (roleNames) users.assertCanNameRoles(actor);
    return change(actor, async (tx) => {
      await assertFree(tx, undefined, { email });
      const roleIds = roleNames ? await lockNamed(tx, actor, roleNames) : null;
      const lifeSeconds = config.accounts.invitationSeconds;
      const id = await renew(tx, {
        email,
        roleIds,
        invitedById: actor.kind === 'person' ? actor.id : null,
        createdAt: tx.now,
        expiresAt: secondsAfter(tx.now, lifeSeconds),
      });
      const token = await tokens.issue(tx, { purpose: 'invitation', subject: id, lifeSeconds });
      const url = links.to('accept-invitation', token);
      await mail.write(tx, invitationMail, { email }, { url, lifeSeconds });
      const changed = ['email', ...(roleNames ? ['roles'] : [])];
      await tx.publish({ name: 'invitation.created', data: { invitationId: id } });
      await tx.audit({ target: { type: 'invitation', id }, changed });
      return this.get(actor, id, tx);
    });
  }

  /** One that has ended already stays as it is. */
  async revoke(actor: Actor, invitationId: string): Promise<Invitation> {
    return this.#platform.change(actor, async (tx) => {
      const query = Invitation.query(tx).modify(open).findById(invitationId);
      const revoked = await query.where('expiresAt', '>', tx.now).patch({ revokedAt: tx.now });
      if (revoked > 0) await tx.publish({ name: 'invitation.revoked', data: { invitationId } });
      await tx.audit({ target: { type: 'invitation', id: invitationId } });
      return this.get(actor, invitationId, tx);
    });
  }
}

async function lockNamed(
  tx: Transaction,
  actor: Actor,
  names: readonly string[],
): Promise<string[]> {
  const named = await getRolesByName(tx, names);
  const roles = await lockToGive(
    tx,
    actor,
    named.map(({ id }) => id),
  );
  return roles.map(({ id }) => id);
}

type Row = Pick<Invitation, 'email' | 'roleIds' | 'invitedById' | 'createdAt' | 'expiresAt'>;

/** Two at once take turns on the row; the one that is open keeps its id. */
async function renew(tx: Transaction, row: Row): Promise<string> {
  const { id } = await Invitation.query(tx)
    .insert({ id: randomUUIDv7(), ...row })
    .onConflict(tx.raw('(email) where accepted_at is null and revoked_at is null'))
    .merge(Object.keys(row))
    .returning('id');
  return id;
}

function noSuchInvitation() {
  return problem('not_found', { detail: 'There is no such invitation.' });
}
