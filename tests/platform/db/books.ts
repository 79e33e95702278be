import { beforeAll } from 'vitest';
import { AppModel } from '../../../server/platform/db/app-model.ts';
import { type Keyset, keysetOf } from '../../../server/platform/db/keyset.ts';
import { useConnection } from '../../kit/database.ts';

export class Book extends AppModel {
  static override tableName = 'books';
  static override softDelete = true;
  declare shelfId: string;
  declare title: string;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare deletedAt: Date | null;
}

export class Shelf extends AppModel {
  static override tableName = 'shelves';
  static override softDelete = true;
  declare deletedAt: Date | null;
  declare books?: Book[];
  static override relationMappings = () => ({
    books: {
      relation: AppModel.HasManyRelation,
      modelClass: Book,
      join: { from: 'shelves.id', to: 'books.shelfId' },
    },
  });
}

export const bookKeyset: Keyset = keysetOf(Book, {
  orders: {
    title: { column: 'title', kind: 'text' },
    createdAt: { column: 'createdAt', kind: 'instant' },
  },
  usual: 'title',
});

export const now = new Date('2026-01-01T00:00:00.000Z');

/** Two tables of no feature, to look at the verbs that every table has. */
export function useBooks() {
  const db = useConnection();
  beforeAll(async () => {
    for (const table of ['shelves', 'books']) {
      await db().raw(
        `create table ${table} (id uuid primary key, title text, shelf_id uuid,
         created_at timestamptz, updated_at timestamptz, deleted_at timestamptz)`,
      );
    }
  });
  return {
    db,
    aShelf: async (titles: string[] = [], deleted: string[] = []): Promise<Shelf> => {
      const shelf = await Shelf.query(db()).create({}, now);
      for (const [index, title] of [...titles, ...deleted].entries()) {
        const deletedAt = deleted.includes(title) ? now : null;
        // Apart in time: ids made in one millisecond have no order.
        const at = new Date(now.getTime() + index);
        await Book.query(db()).create({ title, shelfId: shelf.id, deletedAt }, at);
      }
      return shelf;
    },
    booksOf: ({ id }: Shelf) => Book.query(db()).where({ shelfId: id }),
  };
}

export const titles = (books: Book[] = []) => books.map(({ title }) => title);
