import { randomUUIDv7 } from 'node:crypto';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { ProvenIdentity } from '../../platform/identity-providers/identity-provider.ts';
import type { MailKind } from '../../platform/mail/mail-kind.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import { OwnedPasskey } from '../second-factors/model.ts';
import { lockToChange } from '../users/membership.ts';
import type { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import type { KeptTokens } from './kept-tokens.ts';
import { identityLinkedMail, identityUnlinkedMail } from './mails.ts';
import { Identity } from './model.ts';
import type { Brought } from './tokens.ts';

const maxIdentities = 50;

/** What identifies somebody at a provider: an address never does. */
export type IdentityKey = Pick<ProvenIdentity, 'issuer' | 'subject'>;

/** An identity to attach to an account, and which provider has proven it. */
export interface NewIdentity extends IdentityKey, Brought {
  readonly email: string | null;
}

type Owner = Pick<User, 'id' | 'email' | 'locale' | 'timeZone'>;

/** Who accounts are at identity providers. How somebody proves to be one, `oidc` knows. */
export class Identities {
  readonly #platform: Platform;
  readonly #users: Users;
  readonly #kept: KeptTokens;

  constructor(platform: Platform, users: Users, kept: KeptTokens) {
    this.#platform = platform;
    this.#users = users;
    this.#kept = kept;
  }

  async list(actor: Actor): Promise<Identity[]> {
    const { id: userId } = await this.#users.get(actor, actor.id);
    return Identity.query(this.#platform.db).where({ userId }).orderBy('id').limit(maxIdentities);
  }

  async find(
    { issuer, subject }: IdentityKey,
    db: Database = this.#platform.db,
  ): Promise<Identity | undefined> {
    return Identity.query(db).findOne({ issuer, subject });
  }

  /** Notes its use by a locked account; false where it is that account's no more. */
  async use(tx: Transaction, identity: Identity, brought: Brought): Promise<boolean> {
    const { id, userId } = identity;
    const own = Identity.query(tx).findById(id).where({ userId });
    const used = await own.patch({ lastUsedAt: tx.now, needsReauthenticationAt: null });
    if (used === 1) await this.#kept.keep(tx, identity, brought);
    return used === 1;
  }

  /**
   * Ties it to an account that the caller has locked; of two accounts at once, one gets it.
   * @throws a problem `identity_taken` or `too_many_identities`.
   */
  async attach(
    tx: Transaction,
    owner: Owner,
    { provider, issuer, subject, email, tokens }: NewIdentity,
    { isUsed = false, isNews = true }: { isUsed?: boolean; isNews?: boolean } = {},
  ): Promise<Identity> {
    const userId = owner.id;
    const known = await this.find({ issuer, subject }, tx);
    if (known?.userId === userId) return this.#prove(tx, known, { provider, tokens });
    if (known) throw problem('identity_taken');
    const own = await Identity.query(tx).where({ userId }).resultSize();
    if (own >= maxIdentities) throw problem('too_many_identities');
    const lastUsedAt = isUsed ? tx.now : null;
    const row = { userId, provider, issuer, subject, email, lastUsedAt };
    const identity = await insert(tx, row);
    await this.#kept.keep(tx, identity, { provider, tokens });
    const data = { userId, identityId: identity.id, provider };
    await tx.publish({ name: 'account.identity_linked', data });
    if (isNews) await this.#tell(tx, owner, identityLinkedMail, provider);
    return identity;
  }

  async unlink(actor: Actor, identityId: string): Promise<void> {
    await this.#platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const own = await Identity.query(tx).where({ userId: user.id });
      const identity = own.find(({ id }) => id === identityId);
      if (!identity) throw problem('not_found', { detail: 'There is no such identity.' });
      const others = own.filter(({ id }) => id !== identityId);
      if (!(await this.#canSignIn(tx, user, others))) throw problem('last_sign_in_method');
      await this.#kept.revoke(tx, [identity]);
      await Identity.query(tx).deleteById(identityId);
      await tx.audit({ target: { type: 'identity', id: identityId } });
      await tx.publish(unlinked(identity));
      await this.#tell(tx, user, identityUnlinkedMail, identity.provider);
    });
  }

  /** Whether one of them signs in: that of a provider which is configured no more does not. */
  async signsIn(db: Database, userId: string): Promise<boolean> {
    const own = await Identity.query(db).where({ userId });
    return own.some(({ provider }) => this.#isConfigured(provider));
  }

  /** All that there are; nobody is told but who hears of events. */
  async removeAll(tx: Transaction, userId: string): Promise<void> {
    await this.#kept.revoke(tx, await Identity.query(tx).where({ userId }));
    const removed = await Identity.query(tx).delete().where({ userId }).returning('*');
    await tx.publish(...removed.map(unlinked));
  }

  /** Linked anew: its provider gives tokens again. */
  async #prove(tx: Transaction, { id }: Identity, brought: Brought): Promise<Identity> {
    const proven = await Identity.query(tx).patchAndFetchById(id, {
      needsReauthenticationAt: null,
    });
    await this.#kept.keep(tx, proven, brought);
    return proven;
  }

  async #canSignIn(tx: Transaction, user: User, others: readonly Identity[]): Promise<boolean> {
    if (user.passwordHash !== null) return true;
    if (others.some(({ provider }) => this.#isConfigured(provider))) return true;
    return (await OwnedPasskey.query(tx).where({ userId: user.id }).resultSize()) > 0;
  }

  #isConfigured(provider: string): boolean {
    return this.#platform.identityProviders.find(provider) !== undefined;
  }

  async #tell(
    tx: Transaction,
    owner: Owner,
    kind: MailKind<{ provider: string; at: string; timeZone: string | null }>,
    name: string,
  ): Promise<void> {
    const { mail, identityProviders } = this.#platform;
    const provider = identityProviders.find(name)?.title ?? name;
    const { timeZone } = owner;
    await mail.write(tx, kind, owner, { provider, at: tx.now.toISOString(), timeZone });
  }
}

type Row = Omit<NewIdentity, 'tokens'> & Pick<Identity, 'userId' | 'lastUsedAt'>;

/** The table has no instant of changes: nothing of an identity changes but its last use. */
async function insert(tx: Transaction, row: Row): Promise<Identity> {
  return Identity.query(tx).insertAndFetch({ id: randomUUIDv7(), ...row, createdAt: tx.now });
}

function unlinked({ id: identityId, userId, provider }: Identity) {
  const data = { userId, identityId, provider };
  return { name: 'account.identity_unlinked' as const, data };
}
