import { expect, it } from 'vitest';
import { contract } from '../../../contract/index.ts';
import { operationsOf } from '../../../contract/kit/operations.ts';
import { openFeatures } from '../../../server/features.ts';
import type { Brought } from '../../../server/operations/operations.ts';
import { openPlatform } from '../../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../../kit/app.ts';
import { useConnection } from '../../kit/database.ts';

const db = useConnection();

/** As the features bring them: nobody asks this platform's database for anything. */
const platform = openPlatform(testConfig('postgres://nowhere.invalid/charter'), recordingLog());
const features: Brought[] = Object.values(openFeatures(platform));
const constraints = Object.fromEntries(
  features.flatMap((feature) => Object.entries(feature.constraints ?? {})),
);
await platform.close();

/** What two callers can break at once: everything that is unique, but for what we make by chance, or the database counts. */
async function uniqueNames(): Promise<string[]> {
  const { rows } = await db().raw<{ rows: { name: string; columns: string[] }[] }>(
    `select c.relname as name, array(
       select attname::text from pg_attribute a where a.attrelid = i.indexrelid) as columns
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace
       and not exists (select from pg_attribute a where a.attrelid = i.indrelid
         and a.attnum = any(i.indkey) and a.attidentity <> '')`,
  );
  const isOurs = (columns: string[]) => columns.every((column) => column.endsWith('_hash'));
  return rows.filter(({ columns }) => !isOurs(columns)).map(({ name }) => name);
}

it('everything that must be unique is a problem of its own, not a 500', async () => {
  const tables = (await uniqueNames()).filter((name) => !name.startsWith('knex_'));
  expect(Object.keys(constraints).sort()).toEqual(expect.arrayContaining(tables.sort()));
  expect(tables).toContain('users_email_unique');
});

it.each(Object.entries(constraints))('%s is declared by an operation: %s', (_name, code) => {
  expect(operationsOf(contract).some(({ problems }) => problems.has(code))).toBe(true);
});
