import { createHash, randomUUIDv7 } from 'node:crypto';
import { type Clock, daySeconds, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import type { Work } from '../jobs/job.ts';
import type { Queue } from '../jobs/queue.ts';
import type { SealedColumn } from '../secrets/sealed-values.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { type Deliveries, deliver } from './deliveries.ts';
import type { Compose, MailKind, Sender, Translation } from './mail-kind.ts';
import { MailRow } from './mail-row.ts';
import { aboutMail, sealLetter } from './sealed-letter.ts';

export interface Recipient {
  readonly email: string;
  /** A BCP 47 tag; English where nobody has translated the mail into it. */
  readonly locale?: string | null;
}

export interface WriteOptions {
  /** What makes this mail this one, such as the id of an event: written twice, it is sent once. */
  readonly key?: string;
}

/** What is wrong with the mails: those that wait though they were tried, and those given up lately. */
export interface MailTrouble {
  readonly waiting: number;
  readonly failed: number;
  readonly lastError: string | null;
}

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly secretKeys: SecretKeys;
  readonly sender: Sender;
  /** Undefined where no mail server is known: then nothing is written, and no link lies about. */
  readonly deliveries: Deliveries | undefined;
}

/** Writes mails in the transaction of what they tell, and brings them out by a job. */
export class Mail {
  readonly #parts: Parts;
  readonly #translations = new Map<string, Compose<never>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What waits is sealed. */
  readonly sealed: readonly SealedColumn[] = [
    { table: 'mails', column: 'sealed', about: aboutMail },
  ];

  works(): Work[] {
    return this.#parts.deliveries?.works() ?? [];
  }

  introduce(translations: readonly Translation[]): void {
    for (const { kind, locale, compose } of translations) {
      this.#translations.set(`${kind} ${locale}`, compose);
    }
  }

  /** Part of the change: a mail about something that never happened is never sent. */
  async write<Data>(
    tx: UnitOfWork,
    kind: MailKind<Data>,
    { email: to, locale = null }: Recipient,
    data: Data,
    { key }: WriteOptions = {},
  ): Promise<void> {
    const { queue, secretKeys, sender, deliveries } = this.#parts;
    if (!deliveries) return;
    const id = key === undefined ? randomUUIDv7() : idOf(key);
    const { language, compose } = this.#inLanguage(kind, locale);
    const letter = compose(kind.data.parse(data), sender);
    const sealed = sealLetter(secretKeys, id, { to, letter });
    const row = { id, kind: kind.name, locale: language, sealed, createdAt: tx.now };
    const written = await tx('mails').insert(row).onConflict('id').ignore().returning('id');
    if (written.length === 1) await queue.enqueue(tx, deliver, { mailId: id });
  }

  async trouble(): Promise<MailTrouble> {
    const { db, clock } = this.#parts;
    const yesterday = secondsAfter(clock.now(), -daySeconds);
    const rows = await MailRow.query(db)
      .select('state', 'lastError')
      .whereNotNull('lastError')
      .where((query) => {
        void query.where('state', 'waiting').orWhere('createdAt', '>', yesterday);
      })
      .orderBy('createdAt', 'desc')
      .limit(1_000);
    return {
      waiting: rows.filter(({ state }) => state === 'waiting').length,
      failed: rows.filter(({ state }) => state === 'failed').length,
      lastError: rows[0]?.lastError ?? null,
    };
  }

  /** The language of the reader, one without its region, or English. */
  #inLanguage<Data>({ name, compose }: MailKind<Data>, locale: string | null) {
    const wanted = locale?.toLowerCase() ?? '';
    for (const language of [wanted, wanted.split('-')[0]]) {
      const translated = this.#translations.get(`${name} ${language}`) as Compose<Data> | undefined;
      if (language && translated) return { language, compose: translated };
    }
    return { language: 'en', compose };
  }
}

/** The same id for the same key (RFC 9562, UUIDv8): the table itself knows a mail that is there. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
