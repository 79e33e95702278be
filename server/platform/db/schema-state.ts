import type { Knex } from 'knex';
import { ownMigrations } from './migrations.ts';

/** A migration that the database has seen. */
export interface Step {
  readonly name: string;
  readonly at: Date | null;
  /** False: a newer release made it. */
  readonly isKnown: boolean;
  /** False: this release cannot work on what it left. */
  readonly isCompatible: boolean;
}

export interface SchemaState {
  /** In the order in which they ran. */
  readonly steps: readonly Step[];
  readonly newer: readonly Step[];
  readonly pending: readonly string[];
}

interface Row {
  readonly name: string;
  readonly migrationTime: Date | null;
  /** Missing until the first migration ran that needs it. */
  readonly compatibleSince?: string | null;
}

/**
 * What the schema has seen and what it lacks. Looks only: knex's own list makes tables.
 * @throws the database's refusal when the role may not look.
 */
export async function readSchemaState(db: Knex, migrations = ownMigrations): Promise<SchemaState> {
  const schema = await schemaOfMigrations(db);
  const rows: Row[] =
    schema === undefined ? [] : await db('knex_migrations').withSchema(schema).orderBy('id');
  const names = await migrations.names();
  const known = new Set(names);
  const done = new Set(rows.map(({ name }) => name));
  const steps = rows.map(({ name, migrationTime: at, compatibleSince }) => {
    const isKnown = known.has(name);
    const isCompatible = isKnown || !compatibleSince || known.has(compatibleSince);
    return { name, at, isKnown, isCompatible };
  });
  return {
    steps,
    newer: steps.filter(({ isKnown }) => !isKnown),
    pending: names.filter((name) => !done.has(name)),
  };
}

/**
 * Asks the catalogue, which everybody may read. The information schema hides a table from a role
 * without rights on it, and name resolution skips a schema: both look as if nothing had run.
 */
async function schemaOfMigrations(db: Knex): Promise<string | undefined> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(
    `select n.nspname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relname = 'knex_migrations' and (pg_table_is_visible(c.oid) or n.nspname = any (
       regexp_split_to_array(replace(current_setting('search_path'), '"$user"', current_user), ', *')
     ))
     order by pg_table_is_visible(c.oid) desc`,
  );
  return rows[0]?.name;
}
