import { randomUUIDv7 } from 'node:crypto';
import * as z from 'zod';
import type { EmailChange as Given } from '../../../contract/email-change.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { job, type Work, works } from '../../platform/jobs/job.ts';
import { foundFor } from '../users/found.ts';
import { User } from '../users/model.ts';
import type { EmailChangeContext } from './context.ts';
import { addressInUseMail, proveAddressMail } from './mails.ts';
import { EmailChange } from './model.ts';

const purpose = 'change-email';
/** Whoever asks again for the same address within so long has a mail on its way. */
const quietSeconds = 60;

const send = job('email-change.send', z.object({ changeId: z.uuid(), sealed: z.string() }), {
  aboutSealed: ({ changeId }) => aboutChange(changeId),
});

/**
 * Writes down what is wanted and looks for nobody: whether the address belongs to an account is found
 * out by the job that writes the mail, so that the caller cannot learn it.
 */
export async function request(
  { change, config, secretKeys, tokens }: EmailChangeContext,
  actor: Actor,
  { email }: Given,
): Promise<void> {
  await change(actor, async (tx) => {
    const row = await User.query(tx).findById(actor.id).forUpdate();
    const { id: userId, email: oldEmail } = foundFor(actor, actor.id, row);
    await tx.audit({ target: { type: 'user', id: userId } });
    if (await isOnItsWay(tx, tokens, userId, email)) return;
    await EmailChange.query(tx).delete().where({ userId }).whereNull('confirmedAt');
    const id = randomUUIDv7();
    const sessionId = actor.session?.id ?? null;
    const wanted = { id, userId, sessionId, oldEmail, newEmail: email, createdAt: tx.now };
    await EmailChange.query(tx).insert(wanted);
    const lifeSeconds = config.accounts.emailChangeSeconds;
    const token = await tokens.issue(tx, { purpose, userId, subject: id, lifeSeconds });
    await tx.enqueue(send, { changeId: id, sealed: secretKeys.seal(token, aboutChange(id)) });
  });
}

async function isOnItsWay(
  tx: Transaction,
  tokens: EmailChangeContext['tokens'],
  userId: string,
  newEmail: string,
): Promise<boolean> {
  if (!(await tokens.wasIssuedWithin(tx, { purpose, userId }, quietSeconds))) return false;
  const wanted = EmailChange.query(tx).findOne({ userId, newEmail }).whereNull('confirmedAt');
  return (await wanted) !== undefined;
}

/** Writes to the new address, or to its owner where it has one. */
export function sendsMails({ change, config, links, mail, secretKeys }: EmailChangeContext): Work {
  return works(send, async ({ data: { changeId, sealed } }) => {
    await change(systemActor(send.name), async (tx) => {
      const wanted = await EmailChange.query(tx).findById(changeId).whereNull('confirmedAt');
      const user = wanted && (await User.query(tx).findById(wanted.userId));
      if (!user || user.deactivatedAt || user.email === wanted.newEmail) return;
      const email = wanted.newEmail;
      const owner = await User.query(tx).findOne({ email });
      if (owner) return mail.write(tx, addressInUseMail, owner, {});
      const url = links.to('confirm-email-change', secretKeys.open(sealed, aboutChange(changeId)));
      const lifeSeconds = config.accounts.emailChangeSeconds;
      await mail.write(tx, proveAddressMail, { email, locale: user.locale }, { url, lifeSeconds });
    });
  });
}

function aboutChange(id: string): string {
  return `email-change.send:${id}`;
}
