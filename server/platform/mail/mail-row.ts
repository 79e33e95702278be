import { AppModel } from '../db/app-model.ts';

/** `waiting` includes what was tried and will be tried again; `failed` is tried no more. */
export type MailState = 'waiting' | 'sent' | 'failed';

export class MailRow extends AppModel {
  static override tableName = 'mails';
  declare kind: string;
  declare locale: string;
  declare state: MailState;
  /** The address and the letter, sealed: links in it are secrets, and the address is personal. */
  declare sealed: string | null;
  declare attempts: number;
  /** Codes and words of ours: what a mail server says may quote the address. */
  declare lastError: string | null;
  declare createdAt: Date;
  declare sentAt: Date | null;
}
