import { randomInt, randomUUID } from 'node:crypto';
import type { QueryBuilder } from 'objection';
import { beforeAll, describe, expect, it } from 'vitest';
import { listQuery } from '../../../contract/kit/lists.ts';
import { AppModel } from '../../../server/platform/db/app-model.ts';
import {
  type Keyset,
  type KeysetPage,
  keysetOf,
  type PageRequest,
} from '../../../server/platform/db/keyset.ts';
import { pageStatements } from '../../../server/platform/db/page-statements.ts';
import { useConnection } from '../../kit/database.ts';

/** Names the random rows and page sizes of a failed run. */
const seed = Number(process.env.WALK_SEED ?? randomInt(2 ** 31));
const chance = mulberry32(seed);
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)] as T;

class Item extends AppModel {
  static override tableName = 'items';
  declare colour: string;
  declare name: string;
  declare note: string | null;
  declare sorted: string | null;
  declare madeAt: Date;
  declare seenAt: Date | null;
  declare grade: number;
  declare rank: number | null;
}

const keyset: Keyset = keysetOf(Item, {
  orders: {
    name: { column: 'name', kind: 'text' },
    note: { column: 'note', kind: 'text', nullable: true },
    sorted: { column: 'sorted', kind: 'text', nullable: true },
    madeAt: { column: 'madeAt', kind: 'instant' },
    seenAt: { column: 'seenAt', kind: 'instant', nullable: true },
    grade: { column: 'grade', kind: 'integer' },
    rank: { column: 'rank', kind: 'integer', nullable: true },
  },
  usual: 'name',
});

const columns: Record<string, string> = {
  name: 'text not null',
  note: 'text',
  // Another order than the database's own, in which what differs may be equal.
  sorted: 'text collate loose',
  made_at: 'timestamptz not null',
  seen_at: 'timestamptz',
  grade: 'smallint not null',
  rank: 'integer',
};

const texts = [
  ...['', ' ', 'a', 'A', 'á', 'a\u0301', 'b', 'B', 'ss', 'ß', 'Z', '10', '9', 'null', 'NULL'],
  ...["'", '"', '\\', '%', '_', '\n', '\u0001', '\u00a0', 'ﬁ', 'fi', '日本', '😀', '\uffff'],
  // The longest that lists sort by; random, because an index would have to pack it otherwise.
  Array.from({ length: 700 }, () =>
    String.fromCodePoint(0x1f300 + Math.floor(chance() * 256)),
  ).join(''),
];
// Within one millisecond, around the epoch, and at both ends of what the contract can say.
const instants = [
  ...['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000001Z', '2026-01-01T00:00:00.000999Z'],
  ...['2026-01-01T00:00:00.001Z', '2026-01-01T02:00:00+02:00', '1969-12-31T23:59:59.999999Z'],
  ...['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z'],
];
const grades = ['-32768', '-1', '0', '1', '10', '9', '32767'];
const ranks = [...grades, '-2147483648', '2147483647'];

const filters: Record<string, (query: QueryBuilder<Item>) => void> = {
  all: () => {},
  'one colour': (query) => void query.where('items.colour', 'red'),
  'those with a note': (query) => void query.whereNotNull('items.note'),
  'those without a note': (query) => void query.whereNull('items.note'),
  'no row': (query) => void query.where('items.colour', 'none'),
};

/** What the contract takes: the server's own cursor, always. */
const Query = listQuery({ sort: ['name'], filters: {} });

const db = useConnection();

beforeAll(async () => {
  await db().raw(
    "create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
  );
  const list = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  await db().raw(`create table items (id uuid primary key, colour text, ${list.join()})`);
  for (const name of Object.keys(columns)) await db().raw(`create index on items (${name}, id)`);
  const maybe = <T>(values: readonly T[]) => (chance() < 0.4 ? null : oneOf(values));
  const rows = Array.from({ length: 70 }, () => ({
    // Any UUID: an import may bring ids of no known version.
    id: oneOf([randomUUID(), randomUUID().replace(/-4(...)-./, '-0$1-0')]),
    colour: oneOf(['red', 'green']),
    name: oneOf(texts),
    note: maybe(texts),
    sorted: maybe(texts.filter((text) => text.length < 99)),
    madeAt: oneOf(instants),
    seenAt: maybe(instants),
    grade: oneOf(grades),
    rank: maybe(ranks),
  }));
  await db()('items').insert(rows);
});

const queryOf = (filter: string) =>
  Item.query().modify(filters[filter] as (query: QueryBuilder<Item>) => void);

const compiled = Object.fromEntries(
  Object.keys(filters).map((filter, number) => [
    filter,
    pageStatements(`items.walk${number}`, keyset, () => queryOf(filter)),
  ]),
);

type ReadPage = (filter: string, request: PageRequest) => Promise<KeysetPage<Item>>;

const page: ReadPage = (filter, request) =>
  queryOf(filter)
    .transacting(db() as never)
    .keysetPage(keyset, request);

const sources: [string, ReadPage][] = [
  ['of a query', page],
  [
    'of compiled statements',
    async (filter, request) => (compiled[filter] as Compiled).read(db(), request, {}),
  ],
];
type Compiled = (typeof compiled)[string];

async function walk(
  page: ReadPage,
  filter: string,
  sort: string,
): Promise<{ ids: string[]; totals: number[] }> {
  const ids: string[] = [];
  const totals = new Set<number>();
  let cursor: string | undefined;
  do {
    const limit = oneOf([1, 2, 3, 7, 20, 70, 71]);
    const found = await page(filter, { sort, limit, cursor, includeTotal: true });
    if (found.items.length > limit) throw new Error('A page is longer than asked for');
    ids.push(...found.items.map(({ id }) => id));
    totals.add(found.total ?? -1);
    cursor = Query.parse({ cursor: found.nextCursor ?? undefined }).cursor;
    if (ids.length > 100) throw new Error(`The walk goes in circles: ${ids.join()}`);
  } while (cursor);
  return { ids, totals: [...totals] };
}

const orders = Object.keys(keyset.orders).flatMap((name) => [name, `-${name}`]);

describe.each(sources)(
  `a walk through pages of any size, %s (WALK_SEED=${seed})`,
  (_what, page) => {
    it.each(orders)('shows every row once, in the order of a plain query, by %s', async (sort) => {
      const column = `items.${sort.replace('-', '')}`;
      const direction = sort.startsWith('-') ? 'desc' : 'asc';
      for (const [name, filter] of Object.entries(filters)) {
        const plain = await Item.query(db())
          .modify(filter)
          .orderBy(column, direction, 'last')
          .orderBy('items.id', direction);
        const expected = plain.map(({ id }) => id);
        expect(await walk(page, name, sort), name).toEqual({
          ids: expected,
          totals: [expected.length],
        });
      }
    });

    it('leaves nothing of the cursor in its rows', async () => {
      const [row] = (await page('all', { sort: 'madeAt', limit: 1 })).items;
      expect(Object.keys(row ?? {})).toEqual(Object.keys((await Item.query(db()).first()) ?? {}));
    });
  },
);

describe('a page behind a cursor', () => {
  it.each(orders)('is read from an index without sorting, by %s', async (sort) => {
    const statements: { sql: string; bindings: string[] }[] = [];
    const { nextCursor } = await page('all', { sort, limit: 10 });
    const listen = (query: (typeof statements)[number]) => statements.push(query);
    db().on('query', listen);
    // More than there are, so that the rows without a value are asked for, too.
    await page('all', { sort, limit: 200, cursor: nextCursor ?? '' });
    db().removeListener('query', listen);
    const column = sort.replace('-', '').replace('A', '_a');
    expect(statements).toHaveLength(columns[column]?.includes('not null') ? 1 : 2);
    for (const { sql, bindings } of statements)
      expect(await planOf(sql, bindings)).not.toMatch(/Sort|Seq/);
  });

  /** What PostgreSQL does where the table is too large to read it all. */
  function planOf(sql: string, bindings: string[]): Promise<string> {
    return db().transaction(async (trx) => {
      for (const way of ['seqscan', 'bitmapscan', 'sort'])
        await trx.raw(`set local enable_${way} = off`);
      const numbered = sql.replace(/\$(\d+)/g, '?');
      const { rows } = await trx.raw(`explain ${numbered}`, bindings);
      return JSON.stringify(rows);
    });
  }
});

/** A small generator of numbers from a seed (public domain). */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
