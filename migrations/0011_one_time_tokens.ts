import type { Knex } from 'knex';

/** What a link in a mail proves: used once, for one purpose, and stored as a hash only. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('one_time_tokens', (table) => {
    table.uuid('id').primary();
    table.text('purpose').notNullable();
    // SHA-256: a leaked table opens nothing.
    table.text('token_hash').notNullable().unique({ indexName: 'one_time_tokens_hash_unique' });
    table.uuid('user_id').references('users.id').onDelete('CASCADE').index();
    // What the token is about beside an account, such as the address that it proves.
    table.text('subject');
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('one_time_tokens');
}
