import type { Acceptance as Given } from '../../../contract/invitations.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { exhausted } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import { lockToGive } from '../roles/giving.ts';
import { permissionsOf } from '../roles/rights.ts';
import { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import { Invitation, open } from './model.ts';
import { couldInvite } from './policy.ts';

const purpose = 'invitation';

interface Others {
  readonly users: Users;
  readonly tokens: OneTimeTokens;
}

/** Whoever can read the mail of an invitation begins its account. */
export class Acceptance {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  /** @throws a problem `invalid_link`, also where the sender could not invite so any more. */
  async accept({ token, username, fullName = null, password, ...rest }: Given): Promise<User> {
    exhausted(rest);
    const { config, db } = this.#platform;
    const { users, tokens } = this.#others;
    if (config.accounts.signUp === 'closed') throw problem('sign_up_closed');
    const { subject } = await tokens.get(purpose, token);
    const invitation = await Invitation.query(db)
      .modify(open)
      .findById(subject ?? '');
    if (!invitation) throw problem('invalid_link');
    const { id, email } = invitation;
    return users.createProven(
      { email, username, fullName, password },
      async (tx) => {
        // The row before its token, as whoever renews the invitation.
        const query = Invitation.query(tx).modify(open).findById(id);
        if ((await query.patch({ acceptedAt: tx.now })) === 0) throw problem('invalid_link');
        await tokens.consume(tx, purpose, token);
        const gift = await giftOf(tx, invitation);
        if (!gift) throw problem('invalid_link');
        return gift.roles;
      },
      async (tx, user) => {
        await noteAccount(tx, id, user);
      },
    );
  }

  /**
   * Takes the open invitation for an address that was proven another way, in the change that begins
   * the account. Undefined where nobody has invited it, or could any more.
   */
  async takeFor(tx: Transaction, email: string): Promise<Taken | undefined> {
    const query = Invitation.query(tx).modify(open).findOne({ email });
    const invitation = await query.where('expiresAt', '>', tx.now).forUpdate();
    const gift = invitation && (await giftOf(tx, invitation));
    if (!gift) return undefined;
    await Invitation.query(tx).findById(invitation.id).patch({ acceptedAt: tx.now });
    return { ...gift, note: (user: User) => noteAccount(tx, invitation.id, user) };
  }
}

async function noteAccount(tx: Transaction, invitationId: string, { id: userId }: User) {
  await Invitation.query(tx).findById(invitationId).patch({ userId });
  await tx.publish({ name: 'invitation.accepted', data: { invitationId, userId } });
}

interface Gift {
  /** The names of the roles that the account begins with, undefined for the usual. */
  readonly roles: readonly string[] | undefined;
}

export interface Taken extends Gift {
  /** Writes down which account has come of it. */
  readonly note: (user: User) => Promise<void>;
}

/**
 * What the account begins with. An invitation speaks for its sender, and gives what they could give
 * now: a role that is gone is left out. Undefined where they could not invite so any more.
 */
async function giftOf(
  tx: Transaction,
  { roleIds, invitedById }: Invitation,
): Promise<Gift | undefined> {
  // Purged with its account.
  if (invitedById === null) return undefined;
  const inviter = await User.query(tx)
    .findById(invitedById)
    .whereNull('deactivatedAt')
    .withGraphFetched('roles.grants');
  const roles = roleIds ? await lockToGive(tx, systemActor('invitation'), roleIds) : undefined;
  const held = permissionsOf(inviter?.roles ?? []);
  if (!couldInvite(held, roles && permissionsOf(roles))) return undefined;
  return { roles: roles?.map(({ name }) => name) };
}
