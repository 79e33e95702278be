import type { Knex } from 'knex';

/** Archives that accounts asked for, and accounts that asked to be erased. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('account_exports', (table) => {
    // Names the archive in the storage, too.
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    table.timestamp('requested_at').notNullable();
    // Empty while a job makes the archive.
    table.timestamp('expires_at').index();
  });

  await knex.schema.createTable('account_erasures', (table) => {
    table.uuid('user_id').primary().references('users.id').onDelete('CASCADE');
    table.timestamp('requested_at').notNullable();
    table.timestamp('erases_at').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('account_erasures');
  await knex.schema.dropTable('account_exports');
}
