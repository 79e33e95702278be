import type { Knex } from 'knex';

/** The sessions at identity providers from which ours began, and what providers said of their end. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('provider_sessions', (table) => {
    table.uuid('id').primary();
    // Null while a second factor is still to be proven.
    table.uuid('session_id').references('sessions.id').onDelete('CASCADE').index();
    table.text('provider').notNullable();
    // SHA-256 of the issuer with the one or the other: to be found by, and not to be read.
    table.text('subject_hash').notNullable().index();
    table.text('sid_hash').index();
    table.text('sealed_tokens').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
  });
  // Logout tokens that were used: the key decides which one of two was first.
  await knex.schema.createTable('logout_tokens', (table) => {
    table.text('id').primary();
    table.text('sid_hash').index();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('logout_tokens');
  await knex.schema.dropTable('provider_sessions');
}
