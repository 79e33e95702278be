import { randomUUID } from 'node:crypto';
import type { ProviderUpkeep } from '../../config/provider-upkeep.ts';
import type { Transaction } from '../../platform/change.ts';
import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Platform } from '../../platform/platform.ts';
import { SealedByOtherKey } from '../../platform/secrets/secret-keys.ts';
import type { Followed } from './follow.ts';
import { aboutRevoked, revokeTokens } from './jobs.ts';
import { aboutTokens, type Identity, IdentityTokens } from './model.ts';
import type { Brought, Tokens } from './tokens.ts';

/** The first wait after a failure. */
const againSeconds = 5 * minuteSeconds;

/** Longer than all that is asked for one identity: then whoever was at it has died. */
const leaseSeconds = 15 * minuteSeconds;

/** What is sealed: the tokens, and what the provider told last of what is followed. */
export interface Content {
  readonly tokens: Tokens;
  readonly told: Followed;
}

/** Nobody else has it for a while. */
export interface Claimed {
  readonly identityId: string;
  readonly lease: string;
  readonly failures: number;
  readonly sealedTokens: string;
}

type Next = Partial<Pick<IdentityTokens, 'dueAt' | 'lease' | 'failures'>>;

/** The tokens of providers: sealed, bound to their identity, and never given out. */
export class KeptTokens {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Of a sign-in, whose account is locked. Some providers give a refresh token the first time only. */
  async keep(
    tx: Transaction,
    { id: identityId }: Identity,
    { provider, tokens: brought }: Brought,
  ): Promise<void> {
    if (!brought) return;
    const known = await IdentityTokens.query(tx).findById(identityId).forUpdate();
    const { tokens: old, told } = (known && this.#find(known)) ?? { tokens: {}, told: {} };
    const refreshToken = known?.provider === provider ? old.refreshToken : undefined;
    const tokens = { ...(refreshToken !== undefined && { refreshToken }), ...brought };
    const sealedTokens = this.#seal(identityId, { tokens, told });
    // Looked at soon: what the provider tells by now is what is followed from now on.
    await IdentityTokens.query(tx)
      .insert({ identityId, provider, sealedTokens, dueAt: tx.now, lease: null, failures: 0 })
      .onConflict('identityId')
      .merge();
  }

  /** They go with their identities; their providers are told to forget them. */
  async revoke(tx: Transaction, identities: readonly Identity[]): Promise<void> {
    const rows = await IdentityTokens.query(tx)
      .whereIn('identityId', idsOf(identities))
      .orderBy('identityId')
      .forUpdate();
    for (const row of rows) {
      const content = this.#find(row);
      if (content) await this.revokeLater(tx, row, content.tokens);
    }
  }

  async revokeLater(
    tx: Transaction,
    { identityId, provider }: Pick<IdentityTokens, 'identityId' | 'provider'>,
    tokens: Tokens,
  ): Promise<void> {
    if (!tokens.accessToken && !tokens.refreshToken) return;
    const about = aboutRevoked(identityId);
    const sealed = this.#platform.secretKeys.seal(JSON.stringify(tokens), about);
    await tx.enqueue(revokeTokens, { identityId, provider, sealed });
  }

  /** Takes what is due, by one statement, so that no two are at the same. */
  async claim(provider: string): Promise<Claimed | undefined> {
    const { db, clock } = this.#platform;
    const [lease, now] = [randomUUID(), clock.now()];
    const due = IdentityTokens.query(db)
      .select('identityId')
      .where({ provider })
      .where('dueAt', '<=', now)
      .orderBy('dueAt')
      .limit(1)
      .forUpdate()
      .skipLocked();
    const [row] = await IdentityTokens.query(db)
      .patch({ lease, dueAt: secondsAfter(now, leaseSeconds) })
      .where('identityId', due)
      .returning('*');
    if (!row) return undefined;
    const { identityId, failures, sealedTokens } = row;
    return { identityId, lease, failures, sealedTokens };
  }

  /** False where it is claimed no more: a sign-in brought others, or the identity is gone. */
  async put(
    db: Database,
    { identityId, lease }: Claimed,
    content: Content | undefined,
    next: Next = {},
  ): Promise<boolean> {
    const sealed = content && { sealedTokens: this.#seal(identityId, content) };
    const own = IdentityTokens.query(db).where({ identityId, lease });
    return (await own.patch({ ...sealed, ...next })) === 1;
  }

  /** The provider has failed: twice as long each time. */
  async later(claimed: Claimed, { everySeconds }: ProviderUpkeep): Promise<void> {
    const { db, clock } = this.#platform;
    const { failures } = claimed;
    const wait = Math.min(againSeconds * 2 ** failures, everySeconds);
    const dueAt = secondsAfter(clock.now(), wait);
    await this.put(db, claimed, undefined, { dueAt, lease: null, failures: failures + 1 });
  }

  /** What providers told last, by identity. */
  async toldOf(db: Database, identities: readonly Identity[]): Promise<Map<string, Followed>> {
    const rows = await IdentityTokens.query(db).whereIn('identityId', idsOf(identities));
    return new Map(rows.map((row) => [row.identityId, this.#find(row)?.told ?? {}]));
  }

  /** @throws where they were sealed by a secret that is gone. */
  open({ identityId, sealedTokens }: Pick<IdentityTokens, 'identityId' | 'sealedTokens'>): Content {
    const { secretKeys } = this.#platform;
    return JSON.parse(secretKeys.open(sealedTokens, aboutTokens(identityId))) as Content;
  }

  #find(row: IdentityTokens): Content | undefined {
    try {
      return this.open(row);
    } catch (error) {
      if (error instanceof SealedByOtherKey) return undefined;
      throw error;
    }
  }

  #seal(identityId: string, content: Content): string {
    return this.#platform.secretKeys.seal(JSON.stringify(content), aboutTokens(identityId));
  }
}

const idsOf = (identities: readonly Identity[]) => identities.map(({ id }) => id);
