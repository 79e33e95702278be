import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { nextNumber } from '../development/next-number.ts';
import { migrationsFolder, migrationsIn } from '../platform/db/migrations.ts';
import { explained } from '../start/failure.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

export function migrateNewCommand(terminal: Terminal): Command {
  return new Command('new')
    .description('Writes the file of a new migration, with the next number. Needs no database.')
    .argument('<name>', 'what it brings, as order_items')
    .option('--json', 'write the result as JSON')
    .action(async (name: string, { json }: { json?: true }) => {
      const file = await writeMigration(name);
      terminal.out(json ? JSON.stringify({ ok: true, file }) : `Wrote ${file}.`);
    });
}

/** The path of what it wrote. */
export async function writeMigration(name: string, folder = migrationsFolder): Promise<string> {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) || name.length > 60) {
    throw new CommandFailure(
      'Names of migrations are lower-case words with underscores between, as order_items, 60 letters at most.',
    );
  }
  const names = await migrationsIn(folder).names();
  const same = names.find((other) => other.slice(5) === name);
  if (same) throw new CommandFailure(`There is ${same} already: say what this one does otherwise.`);
  const next = nextNumber(fileURLToPath(new URL('..', folder)), names);
  if (next.length > 4) throw new CommandFailure('The numbers of migrations have four digits.');
  const file = fileURLToPath(new URL(`${next}_${name}.ts`, folder));
  await writeFile(file, templateOf(name), { flag: 'wx' }).catch((error: unknown) => {
    throw explained(error);
  });
  // Somebody who looked at the same time took the same number: the order of the two would be chance.
  const other = (await migrationsIn(folder).names()).find((each) => {
    return each.startsWith(`${next}_`) && each.slice(5) !== name;
  });
  if (other === undefined) return file;
  await rm(file);
  throw new CommandFailure(`${other} has just taken the number: run this again for the next one.`);
}

/** A table is only where it begins: what stands here is changed at once. */
function templateOf(name: string): string {
  return `import type { Knex } from 'knex';

/** What it is for. The release before must go on working on it: docs/operations.md, Migrations. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('${name}', (table) => {
    table.uuid('id').primary();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('${name}');
}
`;
}
