import { readdir } from 'node:fs/promises';
import type { Knex } from 'knex';

/** A file of `migrations/`. */
export interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
  /** A release that does not know the migration of this name cannot work on what this one leaves. */
  readonly compatibleSince?: string;
}

export interface Migrations extends Knex.MigrationSource<string> {
  getMigration(file: string): Promise<Migration>;
  /** In their order. */
  names(): Promise<string[]>;
}

// knex's own loader decides between require and import by package metadata; this one imports.
export function migrationsIn(folder: URL): Migrations {
  const getMigrations = async () =>
    (await readdir(folder)).filter((file) => /^\d{4}_.+\.ts$/.test(file)).sort();
  const getMigrationName = (file: string) => file.replace(/\.ts$/, '');
  return {
    getMigrations,
    getMigrationName,
    getMigration: (file) => import(new URL(file, folder).href) as Promise<Migration>,
    names: async () => (await getMigrations()).map(getMigrationName),
  };
}

export const migrationsFolder = new URL('../../../migrations/', import.meta.url);

export const ownMigrations = migrationsIn(migrationsFolder);
