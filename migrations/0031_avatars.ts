import type { Knex } from 'knex';

/** The picture of an account: what is known of it. Its bytes are in the storage, under its id. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('users', (table) => {
    table.uuid('avatar_id').index();
    table.text('avatar_type');
    table.integer('avatar_bytes');
    table.text('avatar_sha256');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('users', (table) => {
    table.dropColumns('avatar_id', 'avatar_type', 'avatar_bytes', 'avatar_sha256');
  });
}
