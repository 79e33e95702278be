import type { Knex } from 'knex';

/** Sign-ups that are no accounts yet: nobody has proven the address. One for each address. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sign_ups', (table) => {
    table.text('email').primary();
    table.text('username').notNullable();
    table.text('full_name');
    table.text('password_hash').notNullable();
    table.timestamp('created_at').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sign_ups');
}
