import type { Database } from '../../server/platform/db/connect.ts';

/** What a release asked of its schema, and which migrations had made that. */
export interface Release {
  readonly migrations: readonly string[];
  readonly statements: readonly string[];
}

/** The statements of a release that a schema refuses, each with the reason. */
export async function refusedBy(db: Database, { statements }: Release): Promise<string[]> {
  const required = await requiredColumns(db);
  const forgetful = statements.map((text) => because(forgottenIn(text, required), text));
  return [...(await notPrepared(db, statements)), ...forgetful.flat()];
}

/** PostgreSQL reads each, looks up what it names, and executes nothing. All in one round trip. */
async function notPrepared(db: Database, statements: readonly string[]): Promise<string[]> {
  await db.raw(
    `create or replace function pg_temp.not_prepared(statements text[])
     returns table (statement text, reason text) language plpgsql as $$
     begin
       foreach statement in array statements loop
         begin
           execute 'prepare of_a_release as ' || statement;
           execute 'deallocate of_a_release';
         exception when others then
           reason := sqlerrm;
           return next;
         end;
       end loop;
     end $$`,
  );
  const { rows } = await db.raw<{ rows: { statement: string; reason: string }[] }>(
    'select * from pg_temp.not_prepared(?::text[])',
    [[...statements]],
  );
  return rows.flatMap(({ statement, reason }) => because(reason, statement));
}

function because(reason: string | undefined, text: string): string[] {
  return reason === undefined ? [] : [`${reason}: ${text}`];
}

interface Column {
  readonly table: string;
  readonly column: string;
}

/** Columns that an insert has to name. */
async function requiredColumns(db: Database): Promise<Column[]> {
  const { rows } = await db.raw<{ rows: Column[] }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = 'public' and is_nullable = 'NO' and column_default is null
     and is_identity = 'NO' and is_generated = 'NEVER'`,
  );
  return rows;
}

function forgottenIn(text: string, required: readonly Column[]): string | undefined {
  const [, table, list = ''] = /^\s*insert into "?(\w+)"? \(([^)]*)\)/.exec(text) ?? [];
  const named = new Set(list.split(',').map((name) => name.trim().replaceAll('"', '')));
  const forgotten = required.filter((one) => one.table === table && !named.has(one.column));
  return forgotten.length > 0
    ? `needs ${forgotten.map(({ column }) => column).join(', ')}`
    : undefined;
}

/** Migrations since then of which it knows that it cannot work on what they leave. */
export function stoppedBy(
  { migrations }: Release,
  newer: readonly { readonly name: string; readonly compatibleSince?: string | undefined }[],
): string[] {
  const known = new Set(migrations);
  return newer
    .filter(({ name }) => !known.has(name))
    .filter(({ compatibleSince: since }) => since !== undefined && !known.has(since))
    .map(({ name }) => name);
}
