import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Args, statement } from '../../../server/platform/db/statements/statement.ts';
import { openLike } from './connections.ts';
import { Specimen, useSpecimens } from './specimens.ts';

const db = useSpecimens();

type ById = Args<{ id: string }>;

describe('a statement is written once', () => {
  it('and its query is not built again when it is executed', async () => {
    let built = 0;
    const counted = statement('written.counted', ({ id }: ById) => {
      built++;
      return Specimen.query().findById(id);
    });
    const before = built;
    for (let round = 0; round < 10; round++) await counted.find(db(), { id: randomUUID() });
    expect(built).toBe(before);
  });

  it.each([
    ['and PostgreSQL plans it once per connection', true, [{ executions: '4' }]],
    ['and leaves nothing behind where a pooler must not see names', false, []],
  ])('%s', async (_what, hasNamedStatements, expected) => {
    const one = openLike(db(), { poolSize: 1, hasNamedStatements });
    for (let round = 0; round < 4; round++) await everything.all(one);
    const { rows } = await one.raw<{ rows: unknown[] }>(
      `select generic_plans + custom_plans as executions from pg_prepared_statements
       where name like 'written.everything:%'`,
    );
    expect(rows).toEqual(expected);
    await one.destroy();
  });

  it('under a name of its own', () => {
    statement('written.twice', () => Specimen.query());
    expect(() => statement('written.twice', () => Specimen.query())).toThrow(
      'Two statements are called written.twice',
    );
  });

  it('with instants as text for rows that only travel on', async () => {
    const seenAt = new Date('2026-03-29T01:59:59.120Z');
    const row = await Specimen.query(db()).insertAndFetch({ id: randomUUID(), label: 'x', seenAt });
    const found = await travelling.find(db(), { id: row.id });
    const text: string | null | undefined = found?.seenAt;
    expect(text).toBe(seenAt.toISOString());
  });

  it('with rows of the type that its query selects', async () => {
    const rows: Specimen[] = await everything.all(db());
    // @ts-expect-error: no such column.
    expect(rows[0]?.colour).toBeUndefined();
    // @ts-expect-error: it takes no argument.
    await everything.all(db(), { id: 'x' });
  });
});

const travelling = statement('written.text', ({ id }: ById) => Specimen.query().findById(id), {
  instants: 'text',
});
const everything = statement('written.everything', () => Specimen.query());

describe('what cannot be compiled is refused at start', () => {
  it.each([
    ['a graph', () => Specimen.query().withGraphFetched('others'), 'graph'],
    ['a page', () => Specimen.query().page(1, 10), 'pages and ranges'],
    ['throwIfNotFound', () => Specimen.query().findById('x').throwIfNotFound(), 'throwIfNotFound'],
    ['an id of its own', () => Specimen.query().create({ label: 'x' }, at), 'ids and'],
    ['a limit', ({ n }: { n: number }) => Specimen.query().limit(n), 'n did not become part'],
    ['a list', ({ ids }: Lists) => Specimen.query().whereIn('id', ids), 'write `= any(?)`'],
    ['a value that was joined', ({ id }: ById) => Specimen.query().where('id', `x${id}`), 'a name'],
    ['an argument in the SQL', ({ id }: ById) => Specimen.query().whereRaw(`id = ${id}`), 'a name'],
    ['arguments spread', (args: ById) => Specimen.query().where({ ...args }), 'by its name'],
  ] as const)('%s', (what, build, reason) => {
    const name = `refused: ${what}`;
    expect(() => statement(name, build as () => never)).toThrow(reason);
    expect(() => statement(name, build as () => never)).toThrow(name);
  });

  it('a name that PostgreSQL would cut off', () => {
    expect(() => statement('x'.repeat(55), () => Specimen.query())).toThrow('too long');
  });
});

interface Lists {
  ids: string[];
}
const at = new Date(0);
