import type { Knex } from 'knex';

/** What an account proves beside its password, and which roles ask for it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('totp_secrets', (table) => {
    table.uuid('id').primary();
    // One for an account.
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    table.unique(['user_id'], { indexName: 'totp_secrets_user_unique' });
    table.text('sealed_secret').notNullable();
    table.timestamp('created_at').notNullable();
    // Null: begun, and no code was confirmed yet.
    table.timestamp('confirmed_at');
    // The time step of the code that was used last (RFC 6238, 5.2): none works twice.
    table.integer('last_used_step').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('recovery_codes', (table) => {
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    // SHA-256 of 128 random bits and the account: a leaked table opens nothing.
    table.text('code_hash').notNullable().unique({ indexName: 'recovery_codes_hash_unique' });
    table.timestamp('created_at').notNullable();
  });
  await knex.schema.alterTable('roles', (table) => {
    table.boolean('requires_second_factor').notNullable().defaultTo(false);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('roles', (table) => {
    table.dropColumn('requires_second_factor');
  });
  await knex.schema.dropTable('recovery_codes');
  await knex.schema.dropTable('totp_secrets');
}
