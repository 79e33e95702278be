import { randomUUIDv7 } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ExportDownload } from '../../../contract/account-export.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, hourSeconds, secondsAfter } from '../../platform/clock.ts';
import { exhausted } from '../../platform/exact.ts';
import type { ExportOutcome } from '../../platform/observability/account-metrics.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { StorageArea } from '../../platform/storage/storage.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import { lockToChange } from '../users/membership.ts';
import { User } from '../users/model.ts';
import { archiveOf } from './archive.ts';
import { makeArchive } from './jobs.ts';
import { exportReadyMail } from './mails.ts';
import { AccountExport } from './model.ts';

const purpose = 'export-download';
const lifeSeconds = daySeconds;

/** Everything of an account in one archive, for its owner (GDPR, Art. 15 and 20). */
export class AccountExports {
  readonly #platform: Platform;
  readonly #tokens: OneTimeTokens;
  readonly #area: StorageArea;

  constructor(platform: Platform, tokens: OneTimeTokens) {
    this.#platform = platform;
    this.#tokens = tokens;
    this.#area = platform.storage.area('account-exports');
  }

  /** Asking while one is being made is asking for that one; its job is begun again, if it was lost. */
  request(actor: Actor): Promise<AccountExport> {
    return this.#platform.change(actor, async (tx) => {
      const { id: userId } = await lockToChange(tx, actor, actor.id);
      const waiting = await AccountExport.query(tx).whereNull('expiresAt').findOne({ userId });
      const row = { id: randomUUIDv7(), userId, requestedAt: tx.now, expiresAt: null };
      const asked = waiting ?? (await AccountExport.query(tx).insertAndFetch(row));
      if (!waiting) tx.afterCommit(() => this.#count('requested'));
      await tx.enqueue(makeArchive, { exportId: asked.id });
      await tx.audit({ target: { type: 'account_export', id: asked.id } });
      return asked;
    });
  }

  /** Done twice it makes one archive, and sends one mail. */
  async make(exportId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#make(exportId, signal);
    } catch (error) {
      this.#count('failed');
      throw error;
    }
  }

  async #make(exportId: string, signal: AbortSignal): Promise<void> {
    const { db, clock, personalData, change, mail, links } = this.#platform;
    const asked = await AccountExport.query(db).whereNull('expiresAt').findById(exportId);
    if (!asked) return;
    const subject = { userId: asked.userId, at: clock.now() };
    await this.#area.put(exportId, archiveOf(db, personalData.all, subject), signal);
    await change(systemActor('account export'), async (tx) => {
      const user = await User.query(tx).findById(asked.userId).forShare();
      const expiresAt = secondsAfter(tx.now, lifeSeconds);
      const waiting = AccountExport.query(tx).findById(exportId).whereNull('expiresAt');
      if (!user || (await waiting.patch({ expiresAt })) === 0) return;
      const about = { purpose, userId: user.id, subject: exportId, lifeSeconds } as const;
      const url = links.to('download-export', await this.#tokens.issue(tx, about));
      await mail.write(tx, exportReadyMail, user, { url, lifeSeconds });
      tx.afterCommit(() => this.#count('built'));
      await tx.audit({ target: { type: 'account_export', id: exportId } });
    });
  }

  /**
   * The archive, to be read once: it is gone when it was read or given up.
   * @throws a problem `invalid_link`
   */
  async download({ token, ...rest }: ExportDownload): Promise<Readable> {
    exhausted(rest);
    const { subject: id } = await this.#tokens.get(purpose, token);
    if (id === null) throw problem('invalid_link');
    // Before the link is used up: where the storage is away, it works again later.
    const archive = await this.#area.find(id);
    await this.#useUp(token).catch((error: unknown) => {
      archive?.destroy();
      throw error;
    });
    if (!archive) throw problem('invalid_link');
    this.#count('downloaded');
    return archive.once('close', () => void this.#remove(id));
  }

  /** Of many at once one does. */
  #useUp(token: string): Promise<void> {
    return this.#platform.change(undefined, async (tx) => {
      const { subject } = await this.#tokens.consume(tx, purpose, token);
      const [row] = await AccountExport.query(tx)
        .delete()
        .where('id', subject ?? '')
        .returning('id');
      if (!row) throw problem('invalid_link');
      await tx.audit({ target: { type: 'account_export', id: row.id } });
    });
  }

  /** Archives of an account that is being erased. */
  async forget(tx: Transaction, userId: string): Promise<void> {
    const gone = await AccountExport.query(tx).delete().where({ userId }).returning('id');
    tx.afterCommit(() => gone.forEach(({ id }) => void this.#remove(id)));
  }

  /** What waits for too long, and what a process left behind when it died. */
  async sweep(): Promise<void> {
    const { db, clock } = this.#platform;
    const now = clock.now();
    this.#count('expired', await AccountExport.query(db).delete().where('expiresAt', '<=', now));
    // An archive is made in minutes, and lives for a day after that.
    const old = await this.#area.putBefore(secondsAfter(now, -lifeSeconds - hourSeconds));
    for (const id of old) await this.#area.remove(id);
  }

  #count(outcome: ExportOutcome, count?: number): void {
    this.#platform.telemetry.accounts.countExport(outcome, count);
  }

  async #remove(id: string): Promise<void> {
    await this.#area.remove(id).catch((err: unknown) => {
      this.#platform.log.warn(
        { err },
        'an archive could not be removed; a later sweep tries again',
      );
    });
  }
}
