import type { Knex } from 'knex';

/** In which language an account is written to, and which times its frontends show. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('users', (table) => {
    table.text('locale');
    table.text('time_zone');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('users', (table) => {
    table.dropColumns('locale', 'time_zone');
  });
}
