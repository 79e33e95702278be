import type { Knex } from 'knex';

/** The outbox: what happened, written in the transaction of what it tells. Ids, no personal data. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('events', (table) => {
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.integer('version').notNullable();
    table.jsonb('data').notNullable();
    table.timestamp('occurred_at').notNullable().index();
    table.text('request_id');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('events');
}
