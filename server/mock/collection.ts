import type { Json } from '../../contract/kit/json.ts';
import { invalidInput } from '../platform/problem-error.ts';
import type { Described } from './described.ts';

/** How many things of a kind there are to begin with: more than one page, where somebody asks for 10. */
const rowCount = 25;

/** The things of one address: drawn at first, and changed where the mock keeps what it is told. */
export class Collection {
  readonly #described: Described;
  readonly #schema: Json;
  readonly #rows: Json[];

  constructor(described: Described, schema: Json, place: string) {
    this.#described = described;
    this.#schema = schema;
    const like = alike(described, schema);
    this.#rows = Array.from({ length: rowCount }, (_, at) =>
      described.row(schema, `${place}/${at}`, like),
    );
  }

  find(id: string): Json | undefined {
    return this.#rows.find((row) => row.id === id);
  }

  /** Whether something of this kind has the value already; text is compared as people read it. */
  has(field: string, value: unknown, butFor?: Json): boolean {
    return this.#rows.some((row) => row !== butFor && plain(row[field]) === plain(value));
  }

  get size(): number {
    return this.#rows.length;
  }

  /** A page, in the order and with the filters that somebody asked for. */
  page(query: Json): Json {
    const { limit = 50, cursor, sort, includeTotal, includeCursors } = query;
    const found = sorted(
      this.#rows.filter((row) => matches(row, query)),
      sort,
    );
    const from = typeof cursor === 'string' ? positionOf(cursor, found.length) : 0;
    const to = from + Number(limit);
    const items = found.slice(from, to);
    return {
      items,
      nextCursor: to < found.length ? cursorOf(to) : null,
      ...(includeCursors === true && { cursors: items.map((_, at) => cursorOf(from + at + 1)) }),
      ...(includeTotal === true && { total: found.length }),
    };
  }

  /** What it is with these changes: what breaks its schema is not taken. */
  changed(row: Json, changes: Json): Json {
    return this.#described.row(this.#schema, String(row.id), { ...row, ...changes });
  }

  add(row: Json): void {
    this.#rows.unshift(row);
  }

  replace(row: Json): void {
    const at = this.#rows.findIndex(({ id }) => id === row.id);
    if (at !== -1) this.#rows[at] = row;
  }

  remove(id: string): void {
    const at = this.#rows.findIndex((row) => row.id === id);
    if (at !== -1) this.#rows.splice(at, 1);
  }
}

/** Of several shapes, all rows have the one that the example shows first. */
function alike(described: Described, schema: Json): Json {
  const { discriminator, examples = [] } = described.resolved(schema) as {
    discriminator?: { propertyName: string };
    examples?: Json[];
  };
  const name = discriminator?.propertyName;
  return name === undefined ? {} : { [name]: examples[0]?.[name] };
}

const ofTheList = new Set(['limit', 'cursor', 'sort', 'includeTotal', 'includeCursors']);

function matches(row: Json, query: Json): boolean {
  return Object.entries(query).every(([name, wanted]) => {
    if (ofTheList.has(name) || wanted === undefined) return true;
    if (name === 'search') return Object.values(row).some((text) => contains(text, wanted));
    const range = /^(.*?)(from|before)$/i.exec(name);
    if (range) return isWithin(row[instantOf(row, range[1])], range[2], wanted);
    // `role` of `roles`.
    const value = row[name] ?? row[`${name}s`];
    if (value === undefined) return true;
    return Array.isArray(value) ? value.includes(wanted) : plain(value) === plain(wanted);
  });
}

/** `createdFrom` is about `createdAt`; `from` about the one instant that every row has. */
function instantOf(row: Json, prefix = ''): string {
  return `${prefix}At` in row
    ? `${prefix}At`
    : (['createdAt', 'at'].find((one) => one in row) ?? '');
}

function isWithin(value: unknown, bound: string | undefined, wanted: unknown): boolean {
  if (typeof value !== 'string') return true;
  const [at, limit] = [Date.parse(value), new Date(String(wanted)).getTime()];
  return bound?.toLowerCase() === 'from' ? at >= limit : at < limit;
}

function contains(text: unknown, wanted: unknown): boolean {
  return typeof text === 'string' && text.toLowerCase().includes(String(wanted).toLowerCase());
}

function plain(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value ?? null)).toLowerCase();
}

function sorted(rows: readonly Json[], sort: unknown): readonly Json[] {
  if (typeof sort !== 'string') return rows;
  const name = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows.toSorted((a, b) => sign * plain(a[name]).localeCompare(plain(b[name]), 'en'));
}

function cursorOf(position: number): string {
  return Buffer.from(`mock:${position}`).toString('base64url');
}

/** @throws a problem `validation_failed`, as the service does. */
function positionOf(cursor: string, length: number): number {
  const position = Number(/^mock:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]);
  if (position <= length) return position;
  const message = 'The cursor does not belong to this list and order';
  throw invalidInput({ in: 'query', path: 'cursor', code: 'invalid_cursor', message });
}
