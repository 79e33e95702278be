import { randomUUID } from 'node:crypto';
import type { NewAvatar } from '../../../contract/avatars.ts';
import type { Streamed } from '../../../contract/kit/facets/streams.ts';
import type { Received } from '../../../contract/kit/facets/uploads.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { hourSeconds, secondsAfter } from '../../platform/clock.ts';
import { exhausted } from '../../platform/exact.ts';
import type { OwnFile } from '../../platform/personal-data.ts';
import type { Platform } from '../../platform/platform.ts';
import { ProblemError, problem } from '../../platform/problem-error.ts';
import type { StorageArea } from '../../platform/storage/storage.ts';
import { lockToChange } from './membership.ts';
import { User } from './model.ts';
import type { Users } from './service.ts';

type Parts = Pick<Platform, 'db' | 'clock' | 'change' | 'log' | 'storage'>;

type Columns = 'avatarId' | 'avatarType' | 'avatarBytes' | 'avatarSha256';

/** What an account says of its picture. */
export type Picture = { readonly [Name in Columns]: NonNullable<User[Name]> };

/** And of one that was kept just now. */
export type KeptPicture = Picture & Pick<Received, 'digest'>;

type MaybePicture = Pick<User, Columns>;

const none: MaybePicture = {
  avatarId: null,
  avatarType: null,
  avatarBytes: null,
  avatarSha256: null,
};

/** How many files a sweep asks about at once. */
const batchSize = 1_000;

/**
 * The pictures of accounts. The row of the account is the truth: a file that no row names was left
 * behind, by whoever broke off or by a process that died, and is swept.
 */
export class Avatars {
  readonly #parts: Parts;
  readonly #users: Users;
  readonly #area: StorageArea;

  constructor(parts: Parts, users: Users) {
    this.#parts = parts;
    this.#users = users;
    this.#area = parts.storage.area('avatars');
  }

  /** @throws a problem `not_found` where there is none, or none that the actor may see. */
  async open(actor: Actor, userId: string): Promise<Streamed> {
    // One that was replaced since it was looked up is gone, and then another one is there.
    const found = (await this.#find(actor, userId)) ?? (await this.#find(actor, userId));
    if (!found) throw problem('not_found', { detail: 'There is no picture.' });
    return found;
  }

  async #find(actor: Actor, userId: string): Promise<Streamed | undefined> {
    const { avatarId, avatarType, avatarSha256 } = await this.#users.get(actor, userId);
    const content = avatarId ? await this.#area.find(avatarId) : undefined;
    if (!content || avatarType === null || avatarSha256 === null) return undefined;
    return {
      fileName: fileNameOf({ avatarType }),
      contentType: avatarType,
      sha256: avatarSha256,
      content,
    };
  }

  /** For the archive of an account. */
  async ownFile(userId: string): Promise<OwnFile[]> {
    const user = await User.query(this.#parts.db).findById(userId);
    const content = user?.avatarId ? await this.#area.find(user.avatarId) : undefined;
    return content && user ? [{ name: fileNameOf(user), content }] : [];
  }

  /** The file is kept first, and removed if the account cannot have it. */
  async set(actor: Actor, { file, digest: _judged, ...rest }: NewAvatar): Promise<KeptPicture> {
    exhausted(rest);
    // Whoever is gone by now stores nothing.
    const { id: userId } = await this.#users.get(actor, actor.id);
    // Everybody sees it, and a UUIDv7 would show the instant.
    const avatarId = randomUUID();
    await this.#area.put(avatarId, file.content);
    const { bytes, sha256, digest } = file.received();
    const picture = {
      avatarId,
      avatarType: file.mediaType,
      avatarBytes: bytes,
      avatarSha256: sha256,
    };
    try {
      await this.#change(actor, userId, picture);
    } catch (error) {
      // Nothing was committed where we refused ourselves; of anything else only the row knows.
      if (error instanceof ProblemError) await this.#discard(avatarId);
      throw error;
    }
    return { ...picture, digest };
  }

  /** Removing none is removing it. */
  async remove(actor: Actor, userId: string): Promise<void> {
    await this.#change(actor, userId, none);
  }

  /** Of two at once, the later one stays. */
  #change(actor: Actor, userId: string, picture: MaybePicture): Promise<void> {
    return this.#parts.change(actor, async (tx) => {
      const { avatarId: former } = await lockToChange(tx, actor, userId);
      await tx.audit({ target: { type: 'user', id: userId }, changed: ['avatar'] });
      if (former === null && picture.avatarId === null) return;
      await User.query(tx).findById(userId).change(picture, tx.now);
      await tx.publish({ name: 'account.updated', data: { userId, changed: ['avatar'] } });
      this.#discardAfter(tx, former);
    });
  }

  /** That of an account that is being erased. */
  async forget(tx: Transaction, userId: string): Promise<void> {
    const user = await User.query(tx).withDeleted().findById(userId);
    await User.query(tx).withDeleted().findById(userId).patch(none);
    this.#discardAfter(tx, user?.avatarId ?? null);
  }

  /** What no account names, and nobody can be about to name: a request lives for minutes. */
  async sweep(): Promise<void> {
    const { db, clock } = this.#parts;
    const old = await this.#area.putBefore(secondsAfter(clock.now(), -hourSeconds));
    for (let at = 0; at < old.length; at += batchSize) {
      const batch = old.slice(at, at + batchSize);
      const named = await User.query(db)
        .withDeleted()
        .whereIn('avatarId', batch)
        .select('avatarId');
      const kept = new Set(named.map(({ avatarId }) => avatarId));
      for (const id of batch) if (!kept.has(id)) await this.#area.remove(id);
    }
  }

  #discardAfter(tx: Transaction, avatarId: string | null): void {
    if (avatarId !== null) tx.afterCommit(() => void this.#discard(avatarId));
  }

  async #discard(avatarId: string): Promise<void> {
    await this.#area.remove(avatarId).catch((err: unknown) => {
      this.#parts.log.warn({ err }, 'a picture could not be removed; a later sweep tries again');
    });
  }
}

function fileNameOf({ avatarType }: Pick<User, 'avatarType'>): string {
  return `avatar.${avatarType?.split('/').at(-1)}`;
}
