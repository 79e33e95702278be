import type { Knex } from 'knex';

/** What providers gave for the time after a sign-in, where the configuration says to keep it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('user_identities', (table) => {
    table.timestamp('needs_reauthentication_at');
  });
  await knex.schema.createTable('identity_tokens', (table) => {
    table.uuid('identity_id').primary().references('user_identities.id').onDelete('CASCADE');
    table.text('provider').notNullable();
    // Tokens, and what the provider told last of the profile.
    table.text('sealed_tokens').notNullable();
    // When there is something to do next; null where nothing can be done before a sign-in.
    table.timestamp('due_at');
    // Who is at it: whoever comes later takes another one, and what the former brings is late.
    table.uuid('lease');
    table.integer('failures').notNullable().defaultTo(0);
  });
  await knex.raw(`create index identity_tokens_due on identity_tokens (provider, due_at)
    where due_at is not null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('identity_tokens');
  await knex.schema.alterTable('user_identities', (table) => {
    table.dropColumn('needs_reauthentication_at');
  });
}
