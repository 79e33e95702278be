import type { Knex } from 'knex';

/** What was done with an `Idempotency-Key`: written in the transaction that did it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('idempotency_keys', (table) => {
    // A hash of actor, operation and key.
    table.text('id').primary();
    // No reference: people and service accounts stand in different tables, and rows live for a day.
    table.text('actor').notNullable().index();
    table.text('operation').notNullable();
    table.text('sealed_answer').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('idempotency_keys');
}
