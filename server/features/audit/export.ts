import type { ExportQuery, AuditEntry as Shown } from '../../../contract/audit.ts';
import type { Streamed } from '../../../contract/kit/facets/streams.ts';
import type { AuditEntry } from '../../platform/audit/entry.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Format, formats } from './formats.ts';
import { auditKeyset } from './model.ts';
import { type EntryFilters, found } from './service.ts';

type Parts = Pick<Platform, 'db' | 'change'>;

/** What leaves of an entry. */
type View = (entry: AuditEntry) => Shown;

interface Lines {
  /** What was written from then on is left out. */
  readonly begun: Date;
  readonly view: View;
  readonly onPage: (entries: number) => void;
}

/** Enough that the database is asked seldom, and so few that memory does not notice. */
const pageSize = 1_000;

/** All entries that fit, however many: a page is read when the one before has been taken. */
export class AuditExports {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Leaves its own entry first. What is written from then on is not in it, or it might never end.
   * @param onPage is told how many entries have been written.
   */
  async begin(
    actor: Actor,
    { format = 'csv', ...filters }: ExportQuery,
    view: View,
    onPage: (entries: number) => void = () => {},
  ): Promise<Required<Omit<Streamed, 'sha256'>>> {
    const { db, change } = this.#parts;
    // A range that is none is refused before anything happens.
    found(db, filters);
    const begun = await change(actor, async (tx) => {
      // By what was looked for: the names, not the values.
      await tx.audit({ changed: Object.keys(filters) });
      return tx.now;
    });
    const { contentType } = formats[format];
    const content = this.#lines(formats[format], filters, { begun, view, onPage });
    return {
      fileName: `audit-${begun.toISOString().slice(0, 10)}.${format}`,
      contentType,
      content,
    };
  }

  async *#lines(
    format: Format,
    filters: EntryFilters,
    { begun, view, onPage }: Lines,
  ): AsyncGenerator<Buffer> {
    let written = 0;
    let cursor: string | null | undefined;
    do {
      const page = { sort: 'at', limit: pageSize, ...(cursor && { cursor }) } as const;
      const entries = found(this.#parts.db, filters).where('audit_entries.at', '<', begun);
      const { items, nextCursor } = await entries.keysetPage(auditKeyset, page);
      yield Buffer.from(await format.write(items.map(view), written === 0));
      written += items.length;
      onPage(written);
      cursor = nextCursor;
    } while (cursor);
  }
}
