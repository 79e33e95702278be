import type { Knex } from 'knex';

/** Public keys of accounts whose private halves never leave a device (WebAuthn). */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('passkeys', (table) => {
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    table.text('name').notNullable();
    // As the device names it, in base64url.
    table.text('credential_id').notNullable();
    table.unique(['credential_id'], { indexName: 'passkeys_credential_unique' });
    // COSE, in base64url.
    table.text('public_key').notNullable();
    table.specificType('transports', 'text[]').notNullable();
    // Unsigned 32 bits; 0 for those that do not count. It must not go back.
    table.bigInteger('sign_count').notNullable();
    table.boolean('is_synced').notNullable();
    table.boolean('is_backed_up').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.timestamp('last_used_at');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('passkeys');
}
