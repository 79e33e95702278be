import { expect, it, onTestFinished } from 'vitest';
import { openFeatures } from '../../server/features.ts';
import type { Brought } from '../../server/operations/operations.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { recordingLog, useApp } from '../kit/app.ts';

const app = useApp();

function allData() {
  const platform = openPlatform(app.config, recordingLog());
  onTestFinished(() => platform.close());
  const features: Record<string, Brought> = openFeatures(platform);
  return Object.values(features).flatMap(({ personalData = [] }) => personalData);
}

/** Tables with a column that is about an account, whether or not the database knows it. */
async function tablesAboutAccounts(): Promise<string[]> {
  const { rows } = await app.db.raw<{ rows: { name: string }[] }>(
    `select distinct table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'user_id'
     union
     select conrelid::regclass::text from pg_constraint
     where contype = 'f' and confrelid = 'users'::regclass
     union select 'users'`,
  );
  return rows.map(({ name }) => name);
}

it('every table that is about accounts has somebody who exports and erases it', async () => {
  const spokenFor = new Set(allData().flatMap(({ tables }) => tables));
  const missing = (await tablesAboutAccounts()).filter((name) => !spokenFor.has(name));
  expect(missing, 'tables that no `personalData` of a feature names').toEqual([]);
});

it('what is not exported or not erased has a reason', () => {
  const silent = allData().filter(({ read, erase, excuse }) => !excuse && !(read && erase));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

it('each kind of data has a file of its own', () => {
  const names = allData().map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
