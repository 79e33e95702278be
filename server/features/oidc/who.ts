import type { Transaction } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Proof } from '../auth/proof.ts';
import type { Identity } from '../identities/model.ts';
import { User } from '../users/model.ts';
import { findAddress } from './address.ts';
import type { OidcContext } from './context.ts';
import type { Proven } from './proven-logins.ts';

/** Somebody else has proven it (RFC 8176 has no word; this one is in use). */
export const methods: readonly string[] = ['fed'];

/**
 * Whose account an identity opens; undefined where nobody has it. The identity itself decides, by
 * issuer and subject. An address that it has never opens an account that somebody has proven to own:
 * a provider may be wrong about it, or give it to somebody else.
 * @throws a problem for somebody who may not sign in so.
 */
export async function proofOf(context: OidcContext, proven: Proven): Promise<Proof | undefined> {
  // In this order: an account that begins at this moment is there with its identity, or not at all.
  const user = await findByAddress(context, proven);
  const identity = await context.identities.find(proven.identity);
  if (identity) return byIdentity(context, proven, identity);
  if (!user) return undefined;
  // Whoever registered it may have been anybody: the owner of the mailbox wins.
  if (!user.emailVerifiedAt) return byMailbox(context, proven, user);
  if (user.deactivatedAt) throw problem('account_disabled', { about: user.id });
  if (context.config.providerSignIn.trusted.includes(proven.row.provider)) {
    return byTrust(context, proven, user);
  }
  throw problem('identity_not_linked', { about: user.id });
}

async function findByAddress({ db }: OidcContext, { identity }: Proven): Promise<User | undefined> {
  const email = findAddress(identity);
  return email === undefined ? undefined : User.query(db).findOne({ email });
}

async function byIdentity(
  context: OidcContext,
  proven: Proven,
  identity: Identity,
): Promise<Proof> {
  const user = await User.query(context.db).findById(identity.userId);
  // Removed, and perhaps to be restored: it is not begun anew, as little as one that is deactivated.
  if (!user) throw problem('account_disabled', { about: identity.userId });
  return proof(user, async (tx) => {
    await context.proven.consume(tx, proven);
    return context.identities.use(tx, identity, newOf(proven));
  });
}

function byMailbox(context: OidcContext, proven: Proven, user: User): Proof {
  const claim = async (tx: Transaction, account: User) => {
    await context.proven.consume(tx, proven);
    if (account.email !== user.email) return false;
    await context.mailboxes.claim(tx, account);
    await context.identities.attach(tx, account, newOf(proven), { isUsed: true, isNews: false });
    return true;
  };
  return { ...proof(user, claim), provesEmail: true, changed: ['identity'] };
}

function byTrust(context: OidcContext, proven: Proven, user: User): Proof {
  const claim = async (tx: Transaction, account: User) => {
    await context.proven.consume(tx, proven);
    // Moved, or no longer proven, since the look before the lock.
    if (account.email !== user.email || !account.emailVerifiedAt) return false;
    await context.identities.attach(tx, account, newOf(proven), { isUsed: true });
    return true;
  };
  return { ...proof(user, claim), changed: ['identity'] };
}

function proof(user: User, claim: Awaited<ReturnType<Proof['prepare']>>): Proof {
  return { user, methods, prepare: async () => claim };
}

/** As the feature of identities keeps it. */
export function newOf({ row: { provider }, identity: { issuer, subject, email, tokens } }: Proven) {
  return { provider, issuer, subject, email, tokens };
}
