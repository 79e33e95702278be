import type { Database } from './connect.ts';

export interface LastMigration {
  readonly name: string;
  readonly migratedAt: Date;
}

/** What ran last on the schema that is served. */
export async function lastMigration(db: Database): Promise<LastMigration | undefined> {
  const { rows } = await db.raw<{ rows: LastMigration[] }>(
    `select name, migration_time as "migratedAt" from knex_migrations order by id desc limit 1`,
  );
  return rows[0];
}
