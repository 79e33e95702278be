import type { EmailProof } from '../../../contract/email-change.ts';
import type { Transaction } from '../../platform/change.ts';
import { secondsAfter } from '../../platform/clock.ts';
import { exhausted } from '../../platform/exact.ts';
import { problem } from '../../platform/problem-error.ts';
import { assertFree, keepEmail } from '../users/free-names.ts';
import { User } from '../users/model.ts';
import type { EmailChangeContext } from './context.ts';
import { addressChangedMail } from './mails.ts';
import { EmailChange } from './model.ts';

/**
 * The address changes now that it is proven. Every link that was sent before works no more, and every
 * session but the one that asked ends, as after a change of the password.
 * @throws a problem `invalid_link`, also where the account has moved otherwise meanwhile.
 */
export async function confirm(
  context: EmailChangeContext,
  { token, ...rest }: EmailProof,
): Promise<void> {
  exhausted(rest);
  const { change, tokens, sessions } = context;
  await change(undefined, async (tx) => {
    const { userId: ownerId, subject } = await tokens.consume(tx, 'change-email', token);
    const user = await User.query(tx).findById(ownerId ?? '');
    const wanted = await EmailChange.query(tx).findById(subject ?? '');
    if (!user || user.deactivatedAt || user.email !== wanted?.oldEmail) {
      throw problem('invalid_link');
    }
    const email = wanted.newEmail;
    await assertFree(tx, user.id, { email });
    await User.query(tx).findById(user.id).change({ email, emailVerifiedAt: tx.now }, tx.now);
    await EmailChange.query(tx).findById(wanted.id).patch({ confirmedAt: tx.now });
    await tokens.withdraw(tx, user.id);
    const except = wanted.sessionId ?? undefined;
    await sessions.endAllOf(tx, user.id, { reason: 'email_changed', except });
    await tellOldAddress(context, tx, user, wanted.id);
    const { id: userId } = user;
    await tx.publish(
      { name: 'account.updated', data: { userId, changed: ['email'] } },
      { name: 'account.email_verified', data: { userId } },
    );
    await tx.audit({ target: { type: 'user', id: user.id }, changed: ['email'] });
  });
}

/**
 * The way back is for an address that the account had proven: another one may be a stranger's, by a
 * slip of the pen at the sign-up. As long as there is one, nobody else gets the address.
 */
async function tellOldAddress(
  { config, links, mail, tokens }: EmailChangeContext,
  tx: Transaction,
  user: User,
  changeId: string,
): Promise<void> {
  if (!user.emailVerifiedAt) return mail.write(tx, addressChangedMail, user, {});
  const lifeSeconds = config.accounts.emailRevertSeconds;
  const keptUntil = secondsAfter(tx.now, lifeSeconds);
  await keepEmail(tx, { email: user.email, userId: user.id, keptUntil });
  // Of no account, so that whoever holds it now cannot withdraw it: no newer link replaces it.
  const issued = { purpose: 'revert-email', subject: changeId, lifeSeconds } as const;
  const url = links.to('revert-email-change', await tokens.issue(tx, issued));
  await mail.write(tx, addressChangedMail, user, { url, lifeSeconds });
}
