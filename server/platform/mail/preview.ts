import type { Database } from '../db/connect.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { MailRow, type MailState } from './mail-row.ts';
import { type Look, type Rendered, rendered } from './rendered.ts';
import { openLetter } from './sealed-letter.ts';

/** A mail as development shows it. */
export interface PreviewedMail extends Rendered {
  readonly id: string;
  readonly kind: string;
  readonly language: string;
  readonly state: MailState;
  readonly to: string;
  readonly writtenAt: Date;
  /** The links to follow. */
  readonly links: readonly { readonly action: string; readonly url: string }[];
}

interface Parts {
  readonly db: Database;
  readonly secretKeys: SecretKeys;
  readonly look: Look;
}

const shown = 50;

/** What was written, whether it is sent already or not. Development keeps the letters. */
export class MailPreview {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The newest first. */
  async list(): Promise<PreviewedMail[]> {
    const query = MailRow.query(this.#parts.db).whereNotNull('sealed');
    const rows = await query.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(shown);
    return rows.map((row) => this.#previewed(row)).filter((mail) => mail !== undefined);
  }

  async find(id: string): Promise<PreviewedMail | undefined> {
    const row = await MailRow.query(this.#parts.db).findById(id);
    return row && this.#previewed(row);
  }

  #previewed(row: MailRow): PreviewedMail | undefined {
    const { secretKeys, look } = this.#parts;
    const { id, kind, locale: language, state, createdAt: writtenAt } = row;
    const opened = openLetter(secretKeys, row);
    if (!opened) return undefined;
    const { to, letter } = opened;
    const links = letter.parts.filter((part) => typeof part === 'object' && 'url' in part);
    return { id, kind, language, state, to, writtenAt, links, ...rendered(letter, language, look) };
  }
}
