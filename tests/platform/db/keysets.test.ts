import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Keyset } from '../../../server/platform/db/keyset.ts';
import { fieldOf } from '../../../server/platform/db/naming.ts';
import { useConnection } from '../../kit/database.ts';

const features = new URL('../../../server/features/', import.meta.url);
const models = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('model.ts'),
);
const modules: object[] = await Promise.all(
  models.map((path) => import(new URL(path, features).href)),
);
const keysets = modules
  .flatMap((module) => Object.entries(module))
  .filter((entry): entry is [string, Keyset] => entry[0].endsWith('Keyset'));

const kinds: Record<string, string> = {
  text: 'text',
  varchar: 'text',
  citext: 'text',
  timestamptz: 'instant',
  int2: 'integer',
  int4: 'integer',
};

const db = useConnection();

// The types of a model are its author's word; this is the table's.
it.each(keysets)('%s says of its columns what the table says', async (_name, keyset) => {
  const orders = Object.values(keyset.orders);
  const columns = await db()
    .from('information_schema.columns')
    .where({ table_name: keyset.table })
    .select('column_name', 'udt_name', 'is_nullable');
  const found = Object.values(keyset.orders).map(({ column }) => {
    const isIt = ({ columnName }: { columnName: string }) => fieldOf(columnName) === column;
    const { udtName, isNullable } = columns.find(isIt);
    const nullable = isNullable === 'YES' ? { nullable: true } : {};
    return { column, kind: kinds[udtName], ...nullable };
  });
  expect(found).toEqual(orders);
});

it('is asked of every list that there is', () => {
  expect(keysets.map(([name]) => name).sort()).toContain('userKeyset');
});
