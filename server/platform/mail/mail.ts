import { randomUUIDv7 } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { AppModel } from '../db/app-model.ts';
import type { Database } from '../db/connect.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import { job, type Work, works } from '../jobs/job.ts';
import type { Queue } from '../jobs/queue.ts';
import type { SealedColumn } from '../secrets/resealing.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Compose, Letter, MailKind, Sender, Translation } from './mail-kind.ts';
import { rendered } from './rendered.ts';
import type { Transport } from './transport.ts';

class MailRow extends AppModel {
  static override tableName = 'mails';
  declare kind: string;
  declare locale: string;
  /** The address and the letter, sealed: links in it are secrets, and the address is personal. */
  declare sealed: string | null;
  declare createdAt: Date;
  declare sentAt: Date | null;
}

interface Sealed {
  readonly to: string;
  readonly letter: Letter;
}

export interface Recipient {
  readonly email: string;
  /** A BCP 47 tag; English where nobody has translated the mail into it. */
  readonly locale?: string | null;
}

const deliver = job('mail.deliver', z.object({ mailId: z.uuid() }));

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly secretKeys: SecretKeys;
  readonly sender: Sender;
  readonly transport: Transport;
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
    return [works(deliver, ({ data, signal }) => this.#deliver(data.mailId, signal))];
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
    { email, locale = null }: Recipient,
    data: Data,
  ): Promise<void> {
    const { queue, secretKeys, sender } = this.#parts;
    const id = randomUUIDv7();
    const { language, compose } = this.#inLanguage(kind, locale);
    const letter = compose(kind.data.parse(data), sender);
    const sealed = secretKeys.seal(JSON.stringify({ to: email, letter }), aboutMail(id));
    const row = { id, kind: kind.name, locale: language, sealed, createdAt: tx.now };
    await MailRow.query(tx).insert(row);
    await queue.enqueue(tx, deliver, { mailId: id });
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

  async #deliver(id: string, signal: AbortSignal): Promise<void> {
    const { db, clock, secretKeys, transport } = this.#parts;
    const row = await MailRow.query(db).findById(id);
    if (!row?.sealed || row.sentAt) return;
    const { to, letter }: Sealed = JSON.parse(secretKeys.open(row.sealed, aboutMail(id)));
    await transport.send({ id, to, subject: letter.subject, ...rendered(letter) }, signal);
    await MailRow.query(db).findById(id).patch({ sentAt: clock.now(), sealed: null });
  }
}

function aboutMail(id: string): string {
  return `mails:${id}`;
}
