import { AuditEntry } from '../../../contract/audit.ts';

/** How entries are written, page by page. */
export interface Format {
  readonly contentType: string;
  /** The first page has the names in front; it may be empty. */
  readonly write: (entries: readonly AuditEntry[], isFirst: boolean) => Promise<string>;
}

export const formats = {
  csv: {
    contentType: 'text/csv',
    write: async (entries, isFirst) => {
      const { stringify } = await import('csv-stringify/sync');
      return stringify(entries.map(flat), {
        columns,
        header: isFirst,
        record_delimiter: 'windows',
        // A browser's name comes from whoever calls, and a spreadsheet would run `=cmd|…` in it.
        escape_formulas: true,
        cast: { boolean: String },
      });
    },
  },
  ndjson: {
    contentType: 'application/x-ndjson',
    write: async (entries) =>
      entries.map((entry) => `${JSON.stringify(entry, columns)}\n`).join(''),
  },
} as const satisfies Record<string, Format>;

const columns = Object.keys(AuditEntry.shape);

function flat(entry: AuditEntry) {
  return { ...entry, changed: entry.changed.join(' ') };
}
