import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { secondsAfter } from '../../platform/clock.ts';
import {
  type IdentityProvider,
  ProviderError,
} from '../../platform/identity-providers/identity-provider.ts';
import type { SyncOutcome } from '../../platform/observability/provider-metrics.ts';
import type { Platform } from '../../platform/platform.ts';
import { User } from '../users/model.ts';
import { changesBy, type Followed, tellsOf } from './follow.ts';
import type { Claimed, Content, KeptTokens } from './kept-tokens.ts';
import { Identity } from './model.ts';
import { asJson, isGoodAt } from './tokens.ts';

/** The provider whose tokens are kept, and what it offers. */
export type KeptUp = IdentityProvider & Required<Pick<IdentityProvider, 'upkeep'>>;

const actor = systemActor('provider sync');

interface Parts {
  readonly platform: Platform;
  readonly kept: KeptTokens;
  readonly provider: KeptUp;
}

/** Somebody else was faster: a sign-in, or an unlinking. */
class Late extends Error {}

/** One look after one identity: new tokens where they have run out, and what is followed. */
export class Renewal {
  readonly #parts: Parts;
  readonly #claimed: Claimed;
  readonly #identity: Identity;
  #content: Content;
  #isRefreshed = false;

  constructor(parts: Parts, claimed: Claimed, identity: Identity) {
    this.#parts = parts;
    this.#claimed = claimed;
    this.#identity = identity;
    this.#content = parts.kept.open(claimed);
  }

  run(): Promise<SyncOutcome> {
    return this.#look().catch((error: unknown) => {
      if (error instanceof Late) return 'skipped';
      throw error;
    });
  }

  async #look(): Promise<SyncOutcome> {
    try {
      const { tokens } = this.#content;
      const isGood = isGoodAt(this.#parts.platform.clock.now(), tokens);
      if (!isGood && !tokens.refreshToken) return await this.#end('expired');
      if (!isGood) await this.#refresh();
      return await this.#follow(await this.#read());
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.failure === 'refused') return this.#end('needs_reauthentication');
      const { kept, provider } = this.#parts;
      await kept.later(this.#claimed, provider.upkeep);
      return error.failure;
    }
  }

  /** What comes is kept before it is used: the one before may be void by now. */
  async #refresh(): Promise<void> {
    const { platform, kept, provider } = this.#parts;
    const { refreshToken } = this.#content.tokens;
    if (!refreshToken || !provider.refresh) throw new ProviderError('refused', 'no refresh token');
    const fresh = asJson(await provider.refresh(refreshToken));
    const content = { ...this.#content, tokens: { refreshToken, ...fresh } };
    if (!(await kept.put(platform.db, this.#claimed, content))) await this.#giveUp(content);
    this.#content = content;
    this.#isRefreshed = true;
  }

  /** Unlinked meanwhile: nobody would ever revoke what has just come. */
  async #giveUp({ tokens }: Content): Promise<never> {
    const { platform, kept, provider } = this.#parts;
    const { id: identityId } = this.#identity;
    await platform.change(actor, async (tx) => {
      if (await Identity.query(tx).findById(identityId)) return;
      await kept.revokeLater(tx, { identityId, provider: provider.name }, tokens);
    });
    throw new Late();
  }

  async #read(): Promise<Followed> {
    const { provider } = this.#parts;
    const { follows } = provider.upkeep;
    if (follows.length === 0 || !provider.readProfile) return {};
    const read = async () => {
      const { accessToken = '' } = this.#content.tokens;
      const { profile } = (await provider.readProfile?.(accessToken, this.#identity.subject)) ?? {};
      return tellsOf(follows, profile ?? {});
    };
    return read().catch(async (error: unknown) => {
      const isVoid = error instanceof ProviderError && error.failure === 'refused';
      if (!isVoid || this.#isRefreshed) throw error;
      await this.#refresh();
      return read();
    });
  }

  #follow(tells: Followed): Promise<SyncOutcome> {
    const { follows, everySeconds } = this.#parts.provider.upkeep;
    const { tokens, told } = this.#content;
    return this.#change(async (tx, user) => {
      const content = { tokens, told: { ...tellsOf(follows, told), ...tells } };
      const dueAt = secondsAfter(tx.now, everySeconds);
      await this.#put(tx, content, { dueAt, lease: null, failures: 0 });
      const changes = changesBy(user, { told, tells });
      const changed = Object.keys(changes);
      if (changed.length === 0) return 'unchanged';
      await User.query(tx).findById(user.id).change(changes, tx.now);
      await tx.publish({ name: 'account.updated', data: { userId: user.id, changed } });
      await tx.audit({ target: { type: 'user', id: user.id }, changed });
      return 'changed';
    });
  }

  /** Nothing can be done before the person signs in there again. */
  #end(outcome: 'expired' | 'needs_reauthentication'): Promise<SyncOutcome> {
    const { id } = this.#identity;
    return this.#change(async (tx) => {
      const content = { tokens: {}, told: this.#content.told };
      await this.#put(tx, content, { dueAt: null, lease: null, failures: 0 });
      if (outcome === 'expired') return outcome;
      await Identity.query(tx).findById(id).patch({ needsReauthenticationAt: tx.now });
      await tx.audit({ target: { type: 'identity', id }, changed: ['needsReauthentication'] });
      return outcome;
    });
  }

  /** The account comes first, as in a sign-in (docs/architecture.md, "One order of locks"). */
  #change(work: (tx: Transaction, user: User) => Promise<SyncOutcome>): Promise<SyncOutcome> {
    const { userId } = this.#identity;
    return this.#parts.platform.change(actor, async (tx) => {
      const user = await User.query(tx).withDeleted().findById(userId).forUpdate();
      if (!user) throw new Late();
      return work(tx, user);
    });
  }

  async #put(tx: Transaction, content: Content, next: Parameters<KeptTokens['put']>[3]) {
    if (!(await this.#parts.kept.put(tx, this.#claimed, content, next))) throw new Late();
  }
}
