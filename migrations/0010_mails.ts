import type { Knex } from 'knex';

/** Mails that wait or were sent. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('mails', (table) => {
    table.uuid('id').primary();
    table.text('kind').notNullable();
    table.text('locale').notNullable();
    // Address and words, sealed. Empty once the mail was taken by the next server.
    table.text('sealed');
    table.timestamp('created_at').notNullable().index();
    table.timestamp('sent_at');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('mails');
}
