import type { TestApp } from './app.ts';

/** What requests leave even where they are refused. */
const traces = ['audit_entries', 'audit_origins', 'sign_in_attempts'];

/** A digest of each table: equal before and after means that nothing was stored or changed. */
export async function contentOf({ db }: TestApp): Promise<Record<string, string>> {
  const tables = (await tablesOf(db)).filter((name) => !traces.includes(name));
  const digests = tables.map(
    (name) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as digest from ${name} t`,
  );
  const { rows } = await db.raw<{ rows: { name: string; digest: string }[] }>(
    digests.join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** Every table, those that later migrations make included. */
export async function tablesOf(db: TestApp['db']): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  return rows.map(({ name }) => name);
}
