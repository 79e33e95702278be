import type { Knex } from 'knex';

/** Keys with which programs act as an account: of the secret only a hash is kept. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('api_keys', (table) => {
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    table.text('name').notNullable();
    table.text('secret_hash').notNullable();
    table.specificType('scopes', 'text[]').notNullable();
    table.timestamp('created_at').notNullable();
    // What ends a key early is written here, too.
    table.timestamp('expires_at').notNullable().index();
    table.timestamp('last_used_at');
    table.timestamp('rotated_at');
    table.timestamp('revoked_at');
    table.index(['user_id', 'id'], 'api_keys_user_index');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('api_keys');
}
