import type { Knex } from 'knex';

/** Failed sign-ins per account, per address and per known device: counted by one statement each. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sign_in_attempts', (table) => {
    table.text('key').primary();
    table.integer('failures').notNullable();
    table.timestamp('blocked_until');
    table.timestamp('updated_at').notNullable().index();
  });
  await knex.raw('create index sessions_user_address_index on sessions (user_id, address)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sessions_user_address_index');
  await knex.schema.dropTable('sign_in_attempts');
}
