import { randomInt } from 'node:crypto';
import { FullName, Locale, Username } from '../../../contract/kit/scalars.ts';
import type { Transaction } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import { User } from '../users/model.ts';
import { addressOf } from './address.ts';
import type { OidcContext } from './context.ts';
import type { Kept, Proven } from './proven-logins.ts';
import { newOf } from './who.ts';

/** For somebody whom nobody here knows, where they may sign up: an account without a password. */
export async function createAccount(
  context: OidcContext,
  tx: Transaction,
  proven: Proven,
): Promise<User> {
  const { users, identities, signUps, invitations } = context;
  const { identity } = proven;
  const email = addressOf(identity);
  const { signUp } = context.config.accounts;
  if (signUp === 'closed') throw problem('sign_up_closed');
  // Whoever owns the mailbox could follow the link in it as well.
  const invitation = await invitations.takeFor(tx, email);
  if (!invitation && signUp === 'invite') throw problem('sign_up_closed');
  await context.proven.consume(tx, proven);
  const fields = {
    email,
    username: await freeUsername(tx, identity, email),
    fullName: FullName.safeParse(identity.profile.fullName).data ?? null,
    locale: Locale.safeParse(identity.profile.locale).data ?? null,
  };
  const user = await users.addProven(tx, fields, invitation?.roles);
  await invitation?.note(user);
  // What somebody began with the address, and never proved.
  await signUps.take(tx, email);
  await identities.attach(tx, user, newOf(proven), { isUsed: true, isNews: false });
  return user;
}

/** `tester`, else `tester2` and so on: of two at once the database refuses one, who looks again. */
async function freeUsername(tx: Transaction, { profile }: Kept, email: string): Promise<string> {
  const base =
    usernameIn(profile.username ?? '') ?? usernameIn(email.split('@', 1).join()) ?? 'user';
  const numbered = Array.from({ length: 19 }, (_, at) => `${base}${at + 2}`);
  for (const candidate of [base, ...numbered]) {
    const isGood = Username.safeParse(candidate).success;
    if (isGood && !(await User.query(tx).existsOther(undefined, { username: candidate }))) {
      return candidate;
    }
  }
  return `${base}${randomInt(1_000_000, 10_000_000)}`;
}

/** What of a text may stand in a username, with room for a number. */
function usernameIn(text: string): string | undefined {
  const kept = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, '');
  const name = kept.slice(0, 40).replace(/^[._-]+|[._-]+$/g, '');
  return name.length > 0 ? name : undefined;
}
