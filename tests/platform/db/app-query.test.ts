import { describe, expect, it } from 'vitest';
import { Book, now, Shelf, titles, useBooks } from './books.ts';

const { db, aShelf, booksOf } = useBooks();
const at = (day: number) => new Date(Date.UTC(2026, 0, day));

describe('a row', () => {
  it('gets an id in the order of time, and its instants from the clock', async () => {
    const shelf = await aShelf(['first', 'second']);
    const books = await booksOf(shelf).orderBy('title');
    // RFC 9562, 5.7: the first 48 bits are milliseconds; within one there is no order.
    const milliseconds = books.map(({ id }) =>
      Number.parseInt(id.replace('-', '').slice(0, 12), 16),
    );
    expect(titles(books)).toEqual(['first', 'second']);
    expect(milliseconds).toEqual(milliseconds.toSorted((a, b) => a - b));
    expect(books[0]).toMatchObject({ createdAt: now, updatedAt: now });
  });

  it('changes with its instant, and says how many did', async () => {
    const shelf = await aShelf(['old', 'older']);
    expect(await booksOf(shelf).change({ title: 'new' }, at(2))).toBe(2);
    expect(await booksOf(shelf).first()).toMatchObject({ title: 'new', updatedAt: at(2) });
  });

  it('exists beside another, and the row itself does not count', async () => {
    const shelf = await aShelf(['one']);
    const [book] = await booksOf(shelf);
    expect(await booksOf(shelf).existsOther(undefined, { title: 'one' })).toBe(true);
    expect(await booksOf(shelf).existsOther(book?.id, { title: 'one' })).toBe(false);
    expect(await booksOf(shelf).existsOther(undefined, { title: 'two' })).toBe(false);
  });
});

describe('a softly deleted row', () => {
  it('is invisible to reads, changes, counts and deletions', async () => {
    const shelf = await aShelf(['kept'], ['gone']);
    expect(titles(await booksOf(shelf))).toEqual(['kept']);
    expect(await booksOf(shelf).resultSize()).toBe(1);
    expect(await booksOf(shelf).change({ title: 'x' }, now)).toBe(1);
    expect(await booksOf(shelf).delete()).toBe(1);
  });

  it('is seen by those who ask for it', async () => {
    const shelf = await aShelf(['kept'], ['gone']);
    expect(titles(await booksOf(shelf).withDeleted().orderBy('createdAt'))).toEqual([
      'kept',
      'gone',
    ]);
  });

  it('does not hold its name: others may exist', async () => {
    const shelf = await aShelf([], ['gone']);
    expect(await booksOf(shelf).existsOther(undefined, { title: 'gone' })).toBe(false);
  });

  it.each(['fetched', 'joined'] as const)(
    'stays hidden in what is %s with its shelf',
    async (how) => {
      const { id } = await aShelf(['kept'], ['gone']);
      const query = Shelf.query(db()).withDeleted().findById(id);
      const shelf = await (how === 'fetched'
        ? query.withGraphFetched('books')
        : query.withGraphJoined('books'));
      expect(titles(shelf?.books)).toEqual(['kept']);
    },
  );

  it('stays hidden in the books of a shelf', async () => {
    const shelf = await aShelf(['kept'], ['gone']);
    expect(titles(await shelf.$relatedQuery<Book>('books', db()))).toEqual(['kept']);
  });
});

describe('a range', () => {
  it('begins with its start and ends before its end', async () => {
    const shelf = await aShelf();
    for (const day of [1, 2, 3]) {
      await Book.query(db()).create({ title: `${day}`, shelfId: shelf.id }, at(day));
    }
    const range = async (from?: Date, before?: Date) =>
      titles(
        await booksOf(shelf)
          .inRange('createdAt', { ...(from && { from }), ...(before && { before }) })
          .orderBy('createdAt'),
      );
    expect(await range(at(1), at(3))).toEqual(['1', '2']);
    expect(await range(at(2))).toEqual(['2', '3']);
    expect(await range(undefined, at(2))).toEqual(['1']);
    expect(await range()).toEqual(['1', '2', '3']);
    expect(await range(at(2), at(2))).toEqual([]);
  });
});
