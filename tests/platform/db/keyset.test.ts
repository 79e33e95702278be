import { describe, expect, it } from 'vitest';
import { Book, bookKeyset, now, type Shelf, titles, useBooks } from './books.ts';

const { db, aShelf, booksOf } = useBooks();

describe('pages', () => {
  async function walk(shelf: Shelf, sort: string, limit: number): Promise<string[][]> {
    const pages: string[][] = [];
    let cursor: string | null | undefined;
    do {
      const page = await booksOf(shelf).keysetPage(bookKeyset, {
        sort,
        limit,
        cursor: cursor ?? undefined,
      });
      pages.push(titles(page.items));
      cursor = page.nextCursor;
    } while (cursor);
    return pages;
  }

  it.each(['title', 'createdAt'])('show every row once, both ways, by %s', async (sort) => {
    const shelf = await aShelf(['a', 'b', 'c', 'd', 'e'], ['gone']);
    expect(await walk(shelf, sort, 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(await walk(shelf, `-${sort}`, 3)).toEqual([
      ['e', 'd', 'c'],
      ['b', 'a'],
    ]);
  });

  it('show rows of one value once, too', async () => {
    const shelf = await aShelf(['same', 'same', 'same', 'same']);
    expect(await walk(shelf, 'title', 2)).toEqual([
      ['same', 'same'],
      ['same', 'same'],
    ]);
  });

  it('go on where they were, whatever came and went', async () => {
    const shelf = await aShelf(['b', 'c', 'd']);
    const first = await booksOf(shelf).keysetPage(bookKeyset, { sort: 'title', limit: 2 });
    await booksOf(shelf).where({ title: 'c' }).delete();
    await Book.query(db()).create({ title: 'a', shelfId: shelf.id }, now);
    const request = { sort: 'title', limit: 2, cursor: first.nextCursor ?? '' };
    expect(titles((await booksOf(shelf).keysetPage(bookKeyset, request)).items)).toEqual(['d']);
  });

  it('count all rows when asked to, on every page', async () => {
    const shelf = await aShelf(['a', 'b', 'c']);
    const request = { sort: 'title', limit: 2, includeTotal: true };
    const { nextCursor, total } = await booksOf(shelf).keysetPage(bookKeyset, request);
    const next = await booksOf(shelf).keysetPage(bookKeyset, {
      ...request,
      cursor: nextCursor ?? '',
    });
    expect([total, next.total]).toEqual([3, 3]);
  });

  it.each([
    ['rubbish', 'rubbish'],
    ['another order', cursorOf(['createdAt', '2026-01-01T00:00:00.000Z', ids()])],
    ['a direction that is not its own', cursorOf(['-title', 'a', ids()])],
    ['no id', cursorOf(['title', 'a', "' or 1=1"])],
    ['NUL', cursorOf(['title', 'a\0', ids()])],
    ['no value, where every row has one', cursorOf(['title', null, ids()])],
    ['too many parts', cursorOf(['title', 'a', ids(), 'b'])],
    ['an object', cursorOf({ length: 3 })],
  ])('refuse a cursor of %s', async (_what, cursor) => {
    const page = booksOf(await aShelf()).keysetPage(bookKeyset, {
      sort: 'title',
      limit: 2,
      cursor,
    });
    await expect(page).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ in: 'query', path: 'cursor', code: 'invalid_cursor' }],
    });
  });

  it.each([
    '2026-99-99',
    '2026-02-30T00:00:00.000000Z',
    '0000-01-01T00:00:00.000000Z',
    `2026-01-01T00:00:00.${'1'.repeat(99)}Z`,
    'infinity',
    '',
  ])('refuse the instant "%s"', async (instant) => {
    const cursor = cursorOf(['createdAt', instant, ids()]);
    const request = { sort: 'createdAt', limit: 2, cursor };
    await expect(booksOf(await aShelf()).keysetPage(bookKeyset, request)).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });
});

function ids(): string {
  return '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11';
}

function cursorOf(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}
