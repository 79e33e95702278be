import type { Knex } from 'knex';

/** Changes of address: asked for, proven, and perhaps taken back. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('email_changes', (table) => {
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    // Who asked stays signed in. No reference: a session may be purged before.
    table.uuid('session_id');
    table.text('old_email').notNullable();
    table.text('new_email').notNullable();
    table.timestamp('created_at').notNullable().index();
    table.timestamp('confirmed_at');
    table.timestamp('reverted_at');
  });
  // An address that its account can still take back is nobody else's.
  await knex.schema.createTable('kept_emails', (table) => {
    table.text('email').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    table.timestamp('kept_until').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('kept_emails');
  await knex.schema.dropTable('email_changes');
}
