import type { Knex } from 'knex';

/** Accounts that somebody may begin, by a link that was sent to them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('invitations', (table) => {
    table.uuid('id').primary();
    table.text('email').notNullable();
    // Null: what every account begins with. Those that are gone by then are left out.
    table.specificType('role_ids', 'uuid[]');
    table.uuid('invited_by_id').references('users.id').onDelete('SET NULL').index();
    table.uuid('user_id').references('users.id').onDelete('SET NULL').index();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
    table.timestamp('accepted_at');
    table.timestamp('revoked_at');
    table.index(['created_at', 'id'], 'invitations_created_at_index');
    table.index(['email', 'id'], 'invitations_email_index');
  });
  // One open invitation for an address: a new one takes its place.
  await knex.raw(
    'create unique index invitations_open_unique on invitations (email) where accepted_at is null and revoked_at is null',
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('invitations');
}
