import type { EmailProof } from '../../../contract/email-change.ts';
import { exhausted } from '../../platform/exact.ts';
import { problem } from '../../platform/problem-error.ts';
import { assertFree, letGoOf } from '../users/free-names.ts';
import { User } from '../users/model.ts';
import type { EmailChangeContext } from './context.ts';
import { changeRevertedMail } from './mails.ts';
import { EmailChange, movesOf } from './model.ts';

const purpose = 'revert-email';

/**
 * Somebody else had the account: its former address is back and proven, and whatever was set is gone.
 * A change and all that came after it are taken back together, so that no later link undoes this.
 * @throws a problem `invalid_link`, also where an administrator has decided otherwise meanwhile.
 */
export async function revert(
  context: EmailChangeContext,
  { token, ...rest }: EmailProof,
): Promise<void> {
  exhausted(rest);
  const { db, change, tokens, mailboxes, passwordReset, mail } = context;
  const { subject } = await tokens.get(purpose, token);
  const move = await EmailChange.query(db).findById(subject ?? '');
  if (!move) throw problem('invalid_link');
  const { userId, oldEmail: email } = move;
  await change(undefined, async (tx) => {
    const user = await User.query(tx).findById(userId).forUpdate();
    await tokens.consume(tx, purpose, token);
    const undone = backTo(move, await EmailChange.query(tx).modify(movesOf(userId)));
    if (!user || undone[0]?.newEmail !== user.email) throw problem('invalid_link');
    await assertFree(tx, userId, { email });
    await User.query(tx).findById(userId).change({ email, emailVerifiedAt: tx.now }, tx.now);
    await EmailChange.query(tx)
      .findByIds(undone.map(({ id }) => id))
      .patch({ revertedAt: tx.now });
    await letGoOf(
      tx,
      userId,
      undone.map(({ oldEmail }) => oldEmail),
    );
    await mailboxes.clear(tx, userId, 'email_reverted');
    if (user.email !== email) await mail.write(tx, changeRevertedMail, user, {});
    await passwordReset.send(tx, await User.query(tx).findById(userId).throwIfNotFound());
    await tx.publish(
      { name: 'account.updated', data: { userId, changed: ['email'] } },
      { name: 'account.email_verified', data: { userId } },
    );
    await tx.audit({ target: { type: 'user', id: userId }, changed: ['email', 'password'] });
  });
}

/**
 * The moves from the latest to this one. None where it is not among them, as it was taken back, or
 * where one does not begin at the address at which the one before ended.
 */
function backTo({ id }: EmailChange, moves: readonly EmailChange[]): EmailChange[] {
  const undone = moves.slice(0, moves.findIndex((move) => move.id === id) + 1);
  const isUnbroken = undone.every(
    ({ newEmail }, at) => at === 0 || newEmail === undone[at - 1]?.oldEmail,
  );
  return isUnbroken ? undone : [];
}
