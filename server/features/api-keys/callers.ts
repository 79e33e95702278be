import { timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../platform/auth/actor.ts';
import { type KnownCaller, KnownCallers } from '../../platform/auth/known-callers.ts';
import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { rolesChanged } from '../roles/model.ts';
import { type Granted, grantedNow, type RoleTable } from '../roles/role-table.ts';
import type { SecondFactors } from '../second-factors/service.ts';
import type { ProgramToken } from '../sessions/access-claims.ts';
import { accountVoided } from '../sessions/model.ts';
import { hashKey, readKey } from './key-text.ts';
import {
  type ApiKey,
  apiKeyEnded,
  exactKeyById,
  hasEnded,
  noteKeyUse,
  serviceAccountVoided,
  usualKeyById,
} from './model.ts';
import type { RevokedTokens } from './revoked-tokens.ts';

interface Parts {
  readonly platform: Platform;
  readonly roleTable: RoleTable;
  readonly revokedTokens: RevokedTokens;
  readonly secondFactors: Pick<SecondFactors, 'isMissing'>;
}

/** Whether the database is asked for everything. */
interface Exactness {
  readonly exact: boolean;
}

interface FoundKey {
  readonly key: ApiKey;
  readonly granted: Granted;
}

/** Who is behind an API key. */
export class ApiKeyCallers {
  readonly #parts: Parts;
  readonly #known: KnownCallers;

  constructor(parts: Parts) {
    const { revocations, clock, config, caches } = parts.platform;
    this.#parts = parts;
    this.#known = new KnownCallers({
      revocations,
      clock,
      capacity: config.sessions.cacheSize,
      counts: caches.countsOf('api_keys'),
      ofSubject: [apiKeyEnded, accountVoided, serviceAccountVoided],
      voidedBy: rolesChanged,
    });
  }

  /**
   * The caller with a key. It lives for months: while the database is away it is refused after 10 s,
   * as a cookie is.
   */
  byKey(text: string, { exact }: Exactness): Promise<Actor | undefined> {
    const key = hashKey(text);
    const read = () => this.#read(text, key, exact);
    return this.#known.find({ key, read, exact, canOutlive: false });
  }

  /**
   * The program with a verified token of an API key. It ends with the key; while the database is
   * away, a remembered one is good until it expires.
   */
  async byToken(token: ProgramToken, { exact }: Exactness): Promise<Actor | undefined> {
    const { apiKeyId, scope } = token;
    if (await this.#parts.revokedTokens.has(token, { exact })) return undefined;
    const read = async () => this.#toKnow(await this.#find(apiKeyId, exact), scope.split(' '));
    return this.#known.find({ key: `${apiKeyId} ${scope}`, read, exact, canOutlive: true });
  }

  /** The key that a text names, as the database has it now, and whether it is that key and works. */
  async prove(text: string): Promise<{ key: ApiKey; isProven: boolean } | undefined> {
    const id = readKey(text);
    const found = id === undefined ? undefined : await this.#find(id, true);
    if (!found) return undefined;
    const { key } = found;
    const isEnded = hasEnded(key, this.#parts.platform.clock.now());
    const isProven = isSame(key.secretHash, hashKey(text)) && !isEnded;
    if (isProven) this.#noteUse(key);
    return { key, isProven };
  }

  async #read(text: string, hash: string, exact: boolean): Promise<KnownCaller | undefined> {
    const id = readKey(text);
    const found = id === undefined ? undefined : await this.#find(id, exact);
    return found && isSame(found.key.secretHash, hash) ? this.#toKnow(found) : undefined;
  }

  async #toKnow(
    found: FoundKey | undefined,
    scopes: readonly string[] = found?.key.scopes ?? [],
  ): Promise<KnownCaller | undefined> {
    const { platform, secondFactors } = this.#parts;
    if (!found || hasEnded(found.key, platform.clock.now())) return undefined;
    const { key, granted } = found;
    this.#noteUse(key);
    const { userId } = key;
    // A program has no second factor, and cannot get one.
    const lacks = userId !== null && (await secondFactors.isMissing(platform.db, userId, granted));
    const actor = { ...actorOf(key, granted, scopes), ...(lacks && { lacksSecondFactor: lacks }) };
    return { actor, endsAt: key.expiresAt, subjects: [key.id, actor.id] };
  }

  async #find(id: string, exact: boolean): Promise<FoundKey | undefined> {
    const { platform, roleTable } = this.#parts;
    if (exact) {
      const key = await exactKeyById.find(platform.db, { id });
      return key && { key, granted: grantedNow(key) };
    }
    const key = await usualKeyById.find(platform.db, { id });
    return key && { key, granted: await roleTable.grantedBy(key.roleIds) };
  }

  /** Nobody waits for it; one that fails is noted the next time. */
  #noteUse({ id, lastUsedAt }: ApiKey): void {
    const { db, clock, log } = this.#parts.platform;
    const now = clock.now();
    const before = secondsAfter(now, -minuteSeconds);
    if (lastUsedAt && lastUsedAt > before) return;
    noteKeyUse.run(db, { id, now, before }).catch((err: unknown) => {
      log.warn({ err }, 'the use of an API key could not be noted');
    });
  }
}

/** As its owner, and no further than its scopes, or those that a token has of them. */
function actorOf(key: ApiKey, { roles, permissions }: Granted, scopes: readonly string[]): Actor {
  const opened = key.scopes.filter((scope) => scopes.includes(scope) && permissions.has(scope));
  return {
    ...ownerOf(key),
    via: 'apiKey',
    roles,
    permissions: new Set(opened),
    apiKey: { id: key.id },
  };
}

function ownerOf({ userId, serviceAccountId }: ApiKey): Pick<Actor, 'id' | 'kind'> {
  if (userId !== null) return { id: userId, kind: 'person' };
  if (serviceAccountId !== null) return { id: serviceAccountId, kind: 'service' };
  throw new Error('An API key has an owner');
}

function isSame(stored: string, given: string): boolean {
  return timingSafeEqual(Buffer.from(stored), Buffer.from(given));
}
